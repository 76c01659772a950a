"""What people speak of, by subject: each subject a text touches, and each two it touches together, is weighed.

Subjects are there so that what was learnt of one word counts for its kin: "ghe", "thuyền" and "xuồng" that capsize, a
"văn thư" and a "kế toán" who are not there. Phrases are divided by commas; a single word counts only where it is
written with its marks. A phrase may stand under several subjects. None decides anything by itself (decision 0026).
"""

SUBJECTS = {
    "leader": """
        chủ tịch, phó chủ tịch, bí thư, phó bí thư, lãnh đạo, sếp, ông phó, cấp trên, quan, quan chức, đảng ủy, thường
        trực, hội đồng nhân dân, đại biểu, các ông ấy, mấy ổng, mấy ông, các vị, quý ông, trưởng phòng, giám đốc, phó
        giám đốc, thủ trưởng, ông chủ tịch, bà chủ tịch, ông bí thư, ông phó bí thư, chánh văn phòng, trưởng đoàn, mấy
        chú trên xã, mấy bác trên xã, mấy cha trên xã, mấy nẩu, mấy chả, ông to, người to, cụ trên, bề trên, mấy anh
        trên xã, chủ tọa, chủ tịch hội đồng
    """,
    "clerk": """
        cán bộ, nhân viên, văn thư, kế toán, thủ quỹ, địa chính, tư pháp, hộ tịch, chính sách, một cửa, bộ phận tiếp
        nhận, văn phòng, công chức, cô tư pháp, anh địa chính, quầy số, người trực, thống kê, văn hóa xã, dân số, lao
        động thương binh, thư ký, chuyên viên, cán bộ thuế, đội thuế, người thu tiền, cô ngồi quầy, chị ở quầy, anh ở
        quầy, chị trực, anh trực, cô ở cửa số, chị ở cửa sổ, người tiếp nhận, con nhỏ ngồi đó, cậu ngồi trong đó, ông
        xây dựng, cán bộ kỹ thuật, tư vấn giám sát, giao thông thủy lợi, khuyến nông, thú y, bưu tá, người xét, người
        xã, xã xuống, ông lâm nghiệp
    """,
    "police": """
        công an, công an viên, công an xã, cảnh sát, kiểm lâm, dân quân, quân sự, xã đội, trật tự, dân phòng, quản lý
        thị trường, thanh tra, thuế vụ, biên phòng, bảo vệ, trưởng công an, công an huyện, chú công an, anh công an,
        mấy anh công an, csgt, cảnh sát giao thông, tuần tra, xã đội trưởng, kiểm ngư, hạt kiểm lâm, đội tàu, quản
        giáo
    """,
    "school_staff": """
        hiệu trưởng, hiệu phó, cô giáo, thầy giáo, giáo viên, thầy, cô chủ nhiệm, nhà trường, ban phụ huynh, hội phụ
        huynh, bảo mẫu, cấp dưỡng, cô hiệu phó, thầy hiệu phó, ban giám hiệu, cô phụ trách, bảo vệ trường, cô nuôi,
        thầy thể dục, thầy dạy kèm, lớp chọn, bán trú, nội trú, học thêm
    """,
    "health_staff": """
        y tá, y sĩ, bác sĩ, trạm trưởng, hộ sinh, điều dưỡng, trạm y tế, trạm xá, dược sĩ, cô y tế, y tế thôn, bà mụ,
        trạm trưởng trạm y tế, bệnh viện, phòng khám, cán bộ dân số
    """,
    "village_head": """
        trưởng thôn, trưởng ấp, trưởng bản, trưởng xóm, tổ trưởng, trưởng buôn, xóm trưởng, ấp trưởng, thôn trưởng,
        phó thôn, ban công tác mặt trận, trưởng khu phố, già làng, chi bộ, hội trưởng, chi hội trưởng, trưởng ban, ông
        trưởng, ông ấp, ông xóm, bác trưởng, bí thư thôn, bí thư chi bộ, trưởng khu, khu trưởng, tổ trưởng dân phố,
        trưởng làng, ban cán sự, cán bộ thôn, mặt trận thôn
    """,
    "cooperative": """
        hợp tác xã, chủ nhiệm, ban quản lý, ban quản trị, ban quản lý chợ, ban quản lý dự án, chủ đầu tư, chủ thầu,
        nhà thầu, đội thi công, giám sát, điện lực, công ty, doanh nghiệp, trạm bơm, thủy nông, quỹ tín dụng, ngân
        hàng, giám đốc hợp tác xã, đội trật tự, ban quản trang, ban quản lý di tích, ban quản lý rừng, cai thầu, thầu
        phụ, cò đất, đại lý, chỉ huy công trình, đơn vị thi công, ban giám sát, cửa hàng vật tư, tổ thu, tổ bảo vệ
    """,
    "association": """
        hội phụ nữ, hội nông dân, hội cựu chiến binh, đoàn thanh niên, mặt trận, hội chữ thập đỏ, hội người cao tuổi,
        bí thư đoàn, hội đồng, tổ hòa giải, ban thanh tra nhân dân
    """,
    "body": "xã, ủy ban, ủy ban nhân dân, thôn, ấp, bản, buôn, huyện, trụ sở, tiếp dân, phòng tiếp dân",
    "kin_of_office": """
        em vợ, em rể, anh vợ, con ông, con bà, cháu ông, cháu bà, người nhà, bà con của, họ hàng, thông gia, anh sui,
        sui gia, em ruột, cháu ruột, con trai ông, con gái ông, vợ ông, vợ thầy, chồng bà, dòng họ, người quen, sân
        sau, cánh hẩu, bạn nhậu, em trai ông, con trai bà, người họ hàng, bà con bên vợ, bên ngoại, bên nội, bà con
        họ, họ nhà, con cháu cán bộ, vợ mình, con rể, con trai ông ấy, cháu họ, bồ của, anh em cột chèo, cọc chèo, nhà
        ông ấy, nhà bà ấy, nhà ổng, nhà thầy, nhà ông phó, nhà bí thư, nhà chủ tịch, nhà trưởng thôn, con ông cháu cha
    """,
    "child": """
        con tôi, con em, con tui, cháu tôi, cháu bà, cháu nội, cháu ngoại, đứa nhỏ, mấy đứa nhỏ, tụi nhỏ, em bé, bé,
        thằng nhỏ, con nhỏ, trẻ em, trẻ con, học sinh, học trò, thằng bé, con bé, thằng cu, cu tí, lớp một, lớp hai,
        tuổi, mấy đứa, cháu bé, sơ sinh, tháng tuổi, con gái tôi, con trai tôi, con gái tui, đứa bé, đứa con, nhóc,
        bọn trẻ, lũ trẻ, con nít, các cháu, các em, cháu gái, cháu trai, em nam, em nữ, học trò cũ, em học sinh, đứa
        cháu, thằng con, cháu em, em cháu
    """,
    "spouse": """
        chồng, vợ, chồng em, vợ tôi, ông xã, bà xã, nhà tôi, nhà em, chồng tôi, thằng chồng, con vợ, vợ chồng, chồng
        cũ, người yêu, bạn trai, bạn gái, người yêu cũ, chồng con, vợ con, chồng chị, vợ anh, chồng nó, vợ nó, ổng bả,
        thằng rể, người tình, ck, vk, vợ bé, bồ
    """,
    "parent": """
        mẹ, ba, má, bố, cha, tía, ông già, bà già, ba tôi, mẹ tôi, má tôi, bố tôi, cha dượng, bố dượng, dì ghẻ, mẹ
        chồng, bố chồng, ông nội, bà nội, ông ngoại, bà ngoại, pò, mé, mạ, mệ, u, thầy bu, bà già tôi, ông già tôi, bố
        mẹ, cha mẹ, ba má, bà nội tôi, bà cháu, bà tôi, ông tôi
    """,
    "sibling": """
        anh trai, em trai, chị gái, em gái, cậu ruột, bác ruột, chú ruột, anh họ, chị họ, anh rể, con dâu, con rể, chị
        dâu
    """,
    "neighbour": """
        bạn tôi, bạn em, bạn con, nhỏ bạn, thằng bạn, đứa bạn, bạn cùng lớp, bạn cùng phòng, chị hàng xóm, anh hàng
        xóm, cô hàng xóm, bà hàng xóm, ông hàng xóm, hàng xóm, nhà bên, nhà kế, láng giềng, nhà bên cạnh, cuối xóm,
        đầu xóm, nhà đối diện, nhà bên kia, phòng bên, phòng trọ bên, nhà phía sau, người ở trọ, chủ trọ, bạn thợ, bạn
        cháu, bạn chung phòng, bạn trong lớp, người quen, đồng nghiệp, đồng đội
    """,
    "gang": """
        bọn, băng, giang hồ, côn đồ, lưu manh, kẻ lạ, người lạ, bọn cho vay, xã hội đen, trộm, cướp, ăn trộm, đầu gấu,
        tín dụng đen, tụi nó, thanh niên lạ, bịt mặt, ngáo đá, nghiện, con nghiện, đòi nợ, chủ nợ, quân cho vay, chủ
        nó, bọn nó, đám đó, đám thanh niên, bọn xấu, kẻ gian, kẻ xấu, thằng nghiện, lên cơn nghiện, phê thuốc, cai
        thầu ép, bọn buôn, thằng lạ
    """,
    "elder": "người già, các cụ, cụ, ông cụ, bà cụ, neo đơn, liệt giường, tàn tật, khuyết tật",
    "bribe": """
        phong bì, lót tay, hối lộ, đút lót, chung chi, chạy chọt, bôi trơn, tiền cà phê, tiền trà nước, uống nước,
        biết điều, hiểu ý, kẹp tiền, lo lót, làm luật, bồi dưỡng, quà cáp, cảm ơn một chút, chai, cúng, gửi quà, chạy
        án, chạy hồ sơ, đi đêm, tiền tươi, nhét, túi đen, hoa hồng, lại quả, ăn chia, phần trăm, vé, củ, cây thuốc,
        chai rượu tây, bao thư, xin tí, suất, phong bao, quà biếu, quà mọn, tiền ra mắt, tiền lo, lo trọn gói, suất
        lót, lại mười phần trăm, để lại mười phần trăm, chia hoa hồng, chi đẹp, cửa sau, đi cửa sau, chào mấy cửa, mời
        một mâm, mời cơm, dọn cỗ, con gà, con lợn, con heo, biếu con, xòe bàn tay, gãi tay, ngỏ ý, nói khéo, ai hiểu
        thì hiểu, tự hiểu, gói giấy báo, túi nilon, bọc giấy, khoản cảm ơn, phần hồn, lệ làng, luật ngầm, giá ngầm,
        bảng giá miệng, chạy mất, chạy chỗ, chạy suất, mua suất, mua chức, mua bằng, mua được, đấm mõm, làm thân, nhận
        tiền, nhận tiền của, lấy tiền của, theo chuyến, tiền tháng, mỗi tháng hai lần, lấy trước, dúi, dúi tiền, đưa
        tiền mới, khoe đưa, nhét tiền, gửi tiền trước, nộp cho ông, nộp cho bà, cà phê anh
    """,
    "sum": """
        triệu, nghìn, ngàn, trăm, tỷ, đồng, chục triệu, trăm nghìn, trăm ngàn, mấy chục, củ, đô, cây vàng, chỉ vàng,
        nửa giá, hai trăm, ba trăm, năm trăm, một trăm, mười triệu, hai triệu, năm triệu, một triệu, ba triệu, trăm
        rưỡi, triệu rưỡi, phần trăm, mười phần
    """,
    "fund": """
        quỹ, tiền quỹ, trợ cấp, tiền hỗ trợ, hỗ trợ, cứu trợ, đền bù, bồi thường, tiền công, ngân sách, quyên góp, ủng
        hộ, công đức, từ thiện, tiền ăn, học bổng, tiền già, lương, phụ cấp, vốn vay, tiền vay, tiền dự án, dự toán,
        quyết toán, giải ngân, kinh phí, đóng góp, tiền đóng góp, lệ phí, phí, tiền phạt, nộp phạt, tiền điện, tiền
        nước, học phí, tiền cứu trợ, tiền làm đường, tiền dân, tiền nhà nước, tiền rừng, tiền thuế, thuế khoán, tiền
        sạp, quỹ lớp, quỹ hội, quỹ thôn, quỹ trường, quỹ vì người nghèo, quỹ khuyến học, quỹ tang chế, tiền nghĩa địa,
        tiền mai táng, tiền học, tiền thưởng, tiền đò, tiền nghĩa vụ, công quỹ, tiền chùa, hòm công đức, tiền cúng,
        tiền bán cây, tiền cọc, tiền sử dụng đất, tiền thuê, tiền xăng, tiền bồi thường, tiền đền bù
    """,
    "aid": """
        gạo, mì tôm, quà tết, quà, bò giống, con giống, cây giống, phân bón, vật tư, tôn, chăn, mền, nhà tình thương,
        nhà tình nghĩa, suất ăn, sữa, thuốc bảo hiểm, thuốc, lúa giống, dầu ăn, nửa bao gạo, bao gạo, thùng mì, suất
        quà, phần quà, hàng cứu trợ, đồ cứu trợ, áo phao, máy bơm, máy cày, bồn nước, giống cây, cây dự án, phân hỗ
        trợ, muối, sách vở, cặp sách, xe đạp tặng, thuốc cho không, thuốc cấp, vắc xin
    """,
    "land": """
        đất, thửa, ruộng, rẫy, sào, mét vuông, đất công, đất ở, đất nông nghiệp, công điền, sổ đỏ, sổ hồng, giấy chứng
        nhận, lấn chiếm, ranh giới, đo đạc, tách thửa, chuyển mục đích, phân lô, lô đất, tái định cư, thu hồi đất,
        giải tỏa, quy hoạch, nghĩa trang, bãi bồi, mặt tiền, ha, đất nghĩa địa, đất rừng, đất bãi, đất làng, đất chùa,
        đất trường, ao làng, đất hai vụ lúa, đất năm phần trăm, công đất, hecta, mốc, cắm mốc, ranh đất, chủ sử dụng,
        sổ chung, hành lang, lấn biển, lấn sông, đất quốc phòng
    """,
    "building": """
        xây nhà, cất nhà, không phép, giấy phép xây dựng, công trình, xây dựng, nhà văn hóa, bê tông, xi măng, cát,
        sỏi, gạch, sắt thép, nghiệm thu, thi công, rút ruột, kém chất lượng, cống, cầu, mương, đập, thiết kế, khối
        lượng, đúng thiết kế, sai thiết kế, thi công sai, sắt, thép, bớt sắt, bớt xi măng, trộn đất, cốt tre, nhật ký
        thi công, hoàn công, dự toán xây, công trường, hạng mục, nghiệm thu khống, nhà vệ sinh, phòng học, lớp học,
        cổng làng, hàng rào, kè, đê, cầu tạm, gói xây lắp
    """,
    "tender": """
        đấu thầu, gói thầu, trúng thầu, thầu, hợp đồng, hồ sơ thầu, đấu giá, cho thuê, thuê đất, bán đất, khai thác
        cát, mỏ đá, hút cát, dự thầu, đối thủ duy nhất, quân xanh quân đỏ, sát giá, chỉ định thầu, thắng thầu, cho
        thầu, bao thầu, chia lô, chia gói, bốc thăm lô, thuê rẻ, giá bèo, giá rẻ mạt
    """,
    "entitlement": """
        hộ nghèo, cận nghèo, danh sách, bình xét, xét duyệt, người có công, thương binh, liệt sĩ, bảo trợ, chế độ, bảo
        hiểm y tế, bảo hiểm, tiêu chuẩn, đối tượng, sổ hộ nghèo, nhà tình nghĩa, bò hộ nghèo, hộ khá giả, có xe con,
        có ô tô, có nhà lầu, có hai tầng, thương binh giả, chất độc da cam, người cao tuổi, con liệt sĩ, gia cảnh
    """,
    "paper": """
        giấy, hồ sơ, giấy tờ, đơn, khai sinh, khai tử, kết hôn, tạm trú, hộ khẩu, căn cước, xác nhận, chứng thực, sao
        y, con dấu, đóng dấu, chữ ký, ký, biểu mẫu, tờ khai, lý lịch, giấy phép
    """,
    "receipt": """
        biên lai, hóa đơn, giấy tờ gì, phiếu thu, chứng từ, sổ sách, vào sổ, không có sổ, ký nhận, không giấy tờ, viết
        tay, tiền mặt, lai, sổ, không phiếu thu, không biên nhận, không ghi sổ, không vào sổ, thu tay, biên lai ghi,
        hóa đơn giả, biên bản giả, không chữ ký, ký khống, ký vào giấy trắng, giấy trắng, chữ ký tôi, chữ ký của tôi,
        chấm tay, điểm chỉ, in ngón tay, in dấu tay, ký nhận đủ
    """,
    "vote": """
        bầu cử, phiếu, kiểm phiếu, bỏ phiếu, thùng phiếu, trúng cử, ứng cử, cử tri, bầu, giơ tay, biểu quyết, phiếu
        của tôi, phiếu tín nhiệm, bầu bán, bầu hộ, gạch tên trên phiếu, thùng phiếu phụ, một trăm phần trăm, bầu cho
        ai
    """,
    "taking": """
        bỏ túi, ăn chặn, ăn bớt, bớt xén, cắt xén, cắt lại, giữ lại, trừ lại, thu riêng, lấy làm của, chiếm, chiếm
        đoạt, biển thủ, tham ô, thụt két, thụt quỹ, ém, nuốt, tiêu xài, xài hết, xài mất, cầm tiền, cuỗm, đem về nhà,
        chở về nhà, mang về, chia nhau, vào túi, vô túi, rút ruột, ăn, đớp, xà xẻo, tư túi, chấm mút, ôm tiền, giữ
        riêng, mượn tên, đứng tên, sang tên, lọt vào, chạy vào, gửi tiết kiệm, bán lại, bán ra ngoài, bán rẻ, bán
        chui, tuồn, đổi lấy, hưởng lợi, kiếm lời, trúng lớn, giàu lên, xây biệt thự, nhà lầu, xe hơi, ô tô mới, vơi
        đi, hụt, mất một nửa, nửa kia, còn lại về, phần còn lại, tự nhiên thành, thành của, mang tên, về tay, lọt tay,
        vào tay, về nhà, đổ vào, xây cổng nhà, xây nhà lầu, mua xe mới, mua đất, tậu xe, ăn đất, ăn gạo, ăn quỹ, lãnh
        giùm rồi, lãnh thay, lĩnh thay, lĩnh hộ, xài riêng, tiêu riêng, dùng riêng, của công, xe công, chở cả nhà,
        xăng công, bỏ ống, chia chác, ăn dày, ăn đậm, lãi ăn, hưởng, lấy lại, thu hai lần, thu trùng, thu lố, thu
        vượt, phụ thu, thu thêm, thu lậu, rút luôn phần mình, giữ thẻ, giữ hết thẻ, đem đổi rượu, đi cầm, cầm vàng,
        nuôi ở trại, tài khoản riêng, sang nhượng lại, ăn chênh lệch, đem về cho
    """,
    "giving": "nộp, đưa, biếu, nộp thêm, đóng thêm, gửi, chi, chồng tiền, trả thêm, mất, tốn, phải có",
    "demanding": """
        đòi, bắt nộp, bắt đóng, ép, ép mua, bắt mua, gợi ý, vòi, vòi vĩnh, hạch sách, nhũng nhiễu, gây khó, làm khó,
        bắt ký, bắt đưa, yêu cầu đưa, mới ký, mới cho, mới chịu, mới cấp, mới trả, mới làm, mới xong, thì mới, là
        xong, là có, khỏi phải, không thì, mới đóng dấu, mới xác nhận, mới đưa vào danh sách, mới duyệt, mới được
        nhận, bắt dân nộp, bắt góp, đóng góp bắt buộc, bắt mời, bắt làm, bắt lao động, trừ điểm, đưa tiền, chung đủ,
        nộp đủ mới, muốn nhanh, muốn xong, muốn được, muốn có, phải mua của, phải qua tay, phải qua, phải chạy, phải
        gặp riêng, gặp riêng, gợi ý khéo
    """,
    "faking": """
        khống, giả, làm giả, giả mạo, ký thay, ký giả, ký tên giả, ma, danh sách ma, sửa điểm, sửa tuổi, bằng giả,
        khai man, kê khống, nâng khống, bệnh nhân ma, không có thật, trên giấy, đã chết, chết rồi, người chết, còn ai
        ký, trùng, chữ ký, dựng, tráo, đánh tráo, đổi, thổi giá, đội giá, gấp đôi, gấp ba, lập hai, hai sổ, chứng nhận
        giả, giấy khám, cùng một giấy, in sẵn, hô biến, phù phép, bốc thuốc tên người chết, tên người chết, có tên mà,
        ký tên ba em, ai ký, ai ký thay, chưa hề ký, không hề ký, không hề học, có học ngày nào, có làm ngày nào, có
        đi bao giờ, không hề tham gia, không tham gia mà, không có mặt mà, kê thêm, kê đủ, ghi tăng, ghi thêm, viết
        thêm, tẩy xóa, cạo sửa, sửa sổ, sửa ranh, vẽ ra, vẽ danh sách, danh sách ảo, báo cáo láo, báo cáo ảo, khai
        tăng, khai gian, ai lĩnh thay, ai lãnh thay, đã chuyển đi từ lâu, thi hộ, học hộ, thay áo chụp ảnh, chụp ảnh
        xong thu lại, chụp xong, bản sao kê
    """,
    "shortfall": """
        thực tế, trong khi, mà chỉ, chỉ có, chỉ còn, chỉ được, chỉ nhận, còn lại, thiếu, chênh, ghi là, trên sổ, trong
        sổ, báo cáo, cân lại, đếm lại, hao hụt, biến mất, mất đâu, đi đâu, chạy đi đâu, bốc hơi, vào tay ai, túi ai, ở
        đâu ra, không thấy đâu, chưa từng, không có ai, không thấy trong sổ, mà trên sổ, mà trên giấy, trên giấy, ghi
        trên bảng, ghi ở bảng, mà nhận, nhận về chỉ, tới tay, về tay chỉ, về tới bản chỉ, đến tay dân, một đằng một
        nẻo, nhân lên, chênh lệch, phép trừ, so với, đáng lẽ, lẽ ra, thừa ra, còn dư, dư đâu, tiền dư, ai cầm, ai giữ,
        ai ăn, ai lấy, chẳng thấy, chẳng có, nào thấy, nào có, có đâu, đâu có, mô thấy, nỏ thấy
    """,
    "favour": """
        ưu tiên người, thiên vị, người nhà trước, gạch tên, bỏ tên, đưa tên, không đủ điều kiện, trúng hết, chia cho,
        nhận vào làm, biên chế, chạy việc, suất, xếp người nhà, đưa con, đưa cháu, đưa em, cả nhà, cả họ, chỉ ưu tiên,
        chỉ cho, toàn người nhà, toàn bà con, toàn họ hàng, đều là bà con, đều là người nhà, đều là họ, được chia
        nhau, dành cho người, trúng lô, mặt tiền về, dòng họ nhà, họ ông ấy, rớt vì, trượt vì không, đậu nhờ, nhờ
        quen, có ô dù, ô dù, gửi gắm, cơ cấu, chọn người nhà, nhà khác bả lơ, dồn cho anh em, cho anh em nhà, ruộng
        tốt, ruộng trũng, chia cho dân, chọn người hay, người hay mời rượu, nhà nào đưa trước, ai nộp là có, không đi
        làm ngày nào, lãnh lương hợp đồng, lương khống
    """,
    "covering_up": """
        bao che, làm ngơ, làm lơ, bảo kê, chống lưng, che chắn, nhắm mắt, lờ đi, không ai xử lý, không xử lý, không ai
        bắt, báo trước, thông đồng, móc nối, câu kết, bưng bít, ém nhẹm, giấu, không công khai, bắt tay, dẫn đường,
        tiếp tay, biết mà im, biết mà không, nên im, im lặng cho, lập biên bản thành, hòa cả làng, không lập biên bản,
        xử chìm, xử nhẹ, tha bổng, sáng sau đã về, bạn nhậu của, ăn nhậu trong đó, không tốn xu, mấy năm không ai bắt,
        không ai đụng, báo ai cũng vô ích, mật báo, báo động trước, cho qua, mở chắn, mở đường, canh đường
    """,
    "crime": """
        ma túy, đánh bạc, sòng bạc, xóc đĩa, lô đề, số đề, cá độ, lâm tặc, buôn lậu, mại dâm, lừa đảo, trộm chó, phá
        rừng, cho vay nặng lãi, đá gà, hút chích, bán heroin, xăng giả, chặt cây, số đề nhà, bán thuốc lắc, nấu rượu
        giả, buôn người, chứa bạc, cờ bạc, đá banh độ, chích điện cá, khai thác trái phép, chở gỗ, gỗ lậu, săn bắn,
        chôn chất thải, xả trộm, xăng pha, cân điêu, hàng giả
    """,
    "revenge": """
        trù dập, trù, đe dọa, đe, bịt miệng, cắt hồ sơ, hạ hạnh kiểm, cho rớt, đì, trả thù, khủng bố, nhắn tin dọa,
        dằn mặt, bị ghim, bị đuổi về, ghi tên sổ đen, chuyển đi dạy xa, phân công xa nhất, cho nghỉ việc, dọa đuổi,
        dọa cắt, dọa kiện, sợ bị trù, sợ bị trả thù, chặn xe, gọi lên dọa
    """,
    "hush": """
        ai cũng biết, không ai dám, không dám nói, nói nhỏ, đừng nói, giấu tên, cả làng biết, cả xóm biết, xin giữ
        kín, tôi thấy tận mắt, có ảnh, có ghi âm, tôi có bằng chứng, nghe đồn, người ta nói, dân đồn, tôi giữ, tôi có
        ảnh, tôi chụp được, chụp được hai trang, tôi quay được, camera quay, tôi đứng đó, làm chứng, tôi biết chắc,
        chính mắt, chính tai, thấy hai lần, xin đừng ghi tên, mấy ổng biết, trời biết đất biết, nói ra thì, không tiện
        nói
    """,
    "rude": """
        quát, nạt, mắng, chửi, gắt, hất hàm, cộc lốc, trống không, xưng mày tao, mày tao, hỗn, hỗn láo, xấc xược, hách
        dịch, cửa quyền, quan liêu, thái độ, lồi lõm, khó chịu, cau có, mặt nặng, đập bàn, ném, vứt, quăng, thô lỗ, to
        tiếng, xúc phạm, la, la lối, lên giọng, nói móc, mỉa, gằn, chỉ mặt, chỉ tay, trừng mắt, lườm, nguýt, vô lễ,
        văng tục, chửi thề, gằn giọng, quát tháo, chống nạnh, nói trống, nói xẵng, nói cụt, nạt nộ, hằn học, sẵng,
        cáu, bực, đuổi ra, đuổi về, xua tay, gạt tay, gạt qua, hất ra, đẩy giấy ra, ném trả, vứt trả, vứt hồ sơ, dập
        máy, đập máy, cúp máy, thách, đổ quạu, quạu, sừng sộ, xỉa xói, giở giọng, kêu bằng thằng, gọi bằng thằng, gọi
        là, dằn mặt dân, đanh đá, chua ngoa, kẻ cả, vênh, vênh váo, mặt hằm hằm, mặt đưa đám, mặt lạnh
    """,
    "contempt": """
        coi thường, khinh, khinh người, cười khẩy, nhếch mép, chê, dân ngu, nhà quê, dân trí thấp, ăn vạ, coi dân, như
        ăn xin, như ăn mày, như con nít, như rác, không thèm, ngửa mặt, quay mặt, phân biệt, kỳ thị, bảo tôi ngu,
        không biết chữ, lười, thằng mọi, tự ái, tủi, nhục, bẽ mặt, rỗi việc, biết gì mà nói, lo việc của mình, không
        đáng, không biết thì thôi, biết gì mà, biết chi mà, có hai ngón tay, bằng hai ngón, chết đến nơi, già rồi còn,
        ở nhà ngủ đi, đi chỗ khác, thích thì đi, không thích thì về, không mời ngồi, gác chân, chân gác, cười vào mặt,
        cười ồ, nhại, bắt đứng, bắt quỳ, ngồi riêng, bàn dưới, cuối lớp, dân chợ, dân trọ, dân quê, dân tộc mà, tiếng
        chim, kẻ phá đám, dân ngu khu đen, như trộm, như tội phạm, như ông cố, như ăn cắp, ban ơn, ban phát, tưởng
        mình là vua, coi trời bằng vung, chê nhỏ, chê nghèo, không uống nước nhà dân, đứng ngoài nắng, đọc to tên
        bệnh, lấy giấy che, quay lưng, ngó lơ, lơ đi, lắm chuyện, bịt mũi, lắc đầu, đầu khỏi, hất cằm, như đấm vào
        tai, như đấm vô lỗ tai, nói tiếng người, như nói với trâu, khiếm nhã, không ưa, không ai đỡ, bọn bay, đồ ngu,
        bêu tên, ném hóa đơn, có tiếng cười
    """,
    "absent": """
        vắng mặt, không có mặt, đi vắng, bỏ đi, về sớm, đi trễ, đến muộn, trễ, đóng cửa, khóa cửa, phòng trống, đi cà
        phê, đi nhậu, đi ăn sáng, đi chợ, không gặp, tránh mặt, trốn, lặn mất, biệt tăm, leo cây, cho leo cây, không
        ai trực, không nghe máy, tắt máy, giờ hành chính, cửa đóng, cửa khóa, khóa trái, chưa mở cửa, phòng không
        người, không thấy ai, không có ai tiếp, không xuống, chưa từng xuống, không bao giờ xuống, một năm mới xuống,
        quanh năm không, đi ăn cỗ, đi đám, ăn mít, bóng chuyền trong giờ, tiếp đoàn, sếp bận, mới đến, mới tới, mười
        giờ mới, chín giờ mới, bỏ họp, bỏ trực, bỏ ca, gọi không ai nghe, không nhấc máy, để máy kênh, xem rồi im, đã
        xem không trả lời, không hồi âm, ba thứ tư liền, gọi rát họng, ghế trống, không một bóng người, kéo nhau đi,
        tổ chức sinh nhật, đứng hút thuốc
    """,
    "idling": """
        bấm điện thoại, chơi game, xem phim, lướt, lướt facebook, livestream, nghe nhạc, tai nghe, nói chuyện riêng,
        tán gẫu, buôn chuyện, ngủ gật, ngủ, nhai kẹo, sơn móng tay, đánh cờ, đánh bài, xem bóng đá, bán hàng online,
        cắn hạt dưa, uống trà, ngồi chơi, tám chuyện, cười nói, cười đùa, chụp hình, son phấn, chải tóc, ăn vặt, ăn
        trong giờ, nhậu trong giờ, gọi video, nói điện thoại, nói chuyện với bồ, cà phê sáng, trà nước, ghếch chân,
        gác cằm, ngáp
    """,
    "drunk": "say, say rượu, nồng nặc, mùi rượu, nhậu, đỏ mặt, mặt đỏ, uống rượu, rượu vào, lè nhè, xỉn, say xỉn",
    "putting_off": """
        đùn đẩy, đẩy qua, đẩy lại, chỉ qua, mai quay lại, mai lên, mai lại, mốt lên, hẹn, hẹn lần, hẹn hoài, lần nào
        cũng, lần lữa, ngâm, ngâm hồ sơ, đi đi lại lại, đi lại nhiều lần, bảy lần, ba lần, trái banh, quả bóng, hành
        dân, hành, bắt đi, bắt bẻ, chạy lòng vòng, hết thiếu, lại thiếu, hứa, hứa lèo, hứa suông, nói suông, thất hứa,
        hứa rồi, đá bóng, chuyền bóng, đá qua, đá lại, bảo lên huyện, bảo xuống xã, về chờ, cứ về đi, chờ đi, biết
        rồi, từ từ, để xem, để đó, để tính, khi khác, lại hẹn, năm lần bảy lượt, ba lần bảy lượt, lần thứ, lượt nào,
        đi bốn lượt, lội bốn lượt, mỗi lần một, mỗi lần khác, mỗi người nói một kiểu, nay thiếu mai thiếu, bổ sung
        hoài, sai một chữ, không nói thiếu gì, không hướng dẫn, không giải thích, trả lời qua loa, qua loa, cho qua
        chuyện, chiếu lệ, đối phó, lửng lơ, nói một đằng làm một nẻo, lại hứa, hứa cầu, hứa sửa, hứa làm, hứa như,
        chưa nhận được, cả bốn lần, ngày này qua ngày khác, ngày ni qua ngày khác, sếp đi vắng, đã xem, thi nhau, ghế
        trống, một chữ, trả lời một câu, bản gốc, bản sao
    """,
    "autocrat": """
        độc đoán, một mình quyết, tự quyết, không cho nói, ngắt lời, cắt lời, không nghe ai, giật micro, không hỏi
        dân, tự ý, cấm dân, vỗ tay, độc thoại, gia trưởng, bè phái, coi như vua, ông vua, không tiếp thu, bỏ ngoài
        tai, lấy lệ, cho có, bỏ ngăn kéo, xé đơn, vứt đơn, không trả lời dân, ai nói trái ý, không cho ai, cắt khỏi
        biên bản, không ghi ý kiến, họp cho có, họp kín, quyết trước, đã kết luận, kết thúc khi, độc quyền, chia việc
        như, bắt dân phải, bắt dân đi, cấm phát biểu, tắt micro, đuổi khỏi phòng họp, chụp mũ, quy chụp, thành phần
        chống đối, chống đối, nói là làm, không ai được cãi
    """,
    "decision": """
        quyết định, thông báo, biên bản, công văn, văn bản, giấy phạt, cưỡng chế, thu hồi, xử phạt, phạt tôi, phạt
        tui, phạt em, rút giấy phép, từ chối, bác đơn, cắt trợ cấp, bị cắt, bị loại, bị gạch, buộc thôi việc, buộc
        tháo dỡ, đình chỉ, áp giá, không công nhận, kết luận, trả hồ sơ, đuổi học, tạm giữ, giấy thu, giấy báo, ra
        giấy, xóa tên, xóa khỏi sổ, cắt tiền, cắt chế độ, cắt hộ nghèo, bị phạt, lập biên bản, giữ xe, tịch thu, thu
        giấy phép, thu sạp, thu đất, đòi tháo dỡ, không cấp, không xác nhận, không cho nhập học, kỷ luật, phương án
        bồi thường, hạ mức, chuyển ngạch, sa thải, cho thôi việc
    """,
    "refusing": """
        không đồng ý, không chấp nhận, không chịu, phản đối, không phục, không nhất trí, oan, sai, trái luật, vô lý,
        bất công, trái quy định, không đúng, không thỏa đáng, không hợp lý, không tán thành, không bằng lòng, không
        đồng lòng, không ưng, không ký, không nhận, không tâm phục, quá thấp, quá ít, sai bét, sai quy trình, sai thẩm
        quyền, sai diện tích, sai đối tượng, vô căn cứ, không căn cứ, không công bằng, không thông báo trước, không lý
        do, không có lý do
    """,
    "undoing": """
        khiếu nại, hủy, hủy bỏ, rút lại, xem xét lại, xem lại, tính lại, trả lại, thu hồi quyết định, giải quyết lại,
        sửa lại, bãi bỏ, xét lại, kiện, khởi kiện, khiếu kiện, lần đầu, lần hai, đối chất, trả lời bằng văn bản, bỏ
        quyết định, bỏ cái phạt, đo lại, đo tính lại, xét lại cho công bằng, khiếu, kn, đòi lại, yêu cầu hủy, phục
        hồi, khôi phục, cấp lại cho đúng, giải quyết dứt điểm, kiện tới cùng, làm lại biên bản, sửa quyết định, khiếu
        nại lần
    """,
    "asking_when": """
        bao giờ, khi nào, chừng nào, chừng mô, hồi nào, mấy giờ, ngày nào, thứ mấy, mấy ngày, bao lâu, mấy bữa nữa,
        tới khi nào, hôm nào, lúc nào, mấy hôm, tháng mấy, năm nào, đợt nào, bữa nào, bữa mô, khi mô, hồi mô, sắp
        chưa, xong chưa, có chưa, về chưa, tới đâu rồi, đến đâu rồi
    """,
    "asking_how": """
        ở đâu, chỗ nào, bao nhiêu, mấy đồng, thế nào, ra sao, làm sao, làm răng, cần gì, cần những gì, giấy gì, thủ
        tục, có được không, được không, được chưa, phải không, đúng không, có phải, ai phụ trách, số mấy, hỏi ai, gặp
        ai, nộp ở đâu, cho hỏi, xin hỏi, cho tôi hỏi, cho em hỏi, muốn hỏi, hỏi giùm, có được, là gì, là sao, hả, hở,
        vậy ạ, gì vậy, gì thế, là sao vậy, nào được, ai thay, ai làm, liên hệ ai, hỏi để, chỗ mô, ở mô, cần chi, mần
        răng, mần sao, bao nhiêu tiền, hết bao nhiêu, mấy tiền, có tốn tiền không, có phải nộp, có mất phí, có cần,
        cần mang, cần điều kiện, điều kiện gì, tiêu chuẩn gì, mẫu đơn, có hiệu lực, thế nào là, khác nhau, có bị phạt
        không, có vi phạm, có phạm luật, có đúng quy định, có đúng không, có thật không, thật hay, hay là, hay bắt
        buộc, hông dzậy, hông ta, nhỉ, hè, rứa, vậy ad, được hông, phải hông
    """,
    "request": """
        đề nghị, xin, nhờ, mong, kính mong, kiến nghị, làm ơn, giùm, dùm, giúp, nhắc nhở, nhắc giùm, sửa giùm, xin
        cấp, xin phép, nên, đề xuất, góp ý, yêu cầu, lắp, thay, sửa chữa, nạo vét, dọn, cho tôi xin, xin xã, xin cho,
        xin cái, thêm giùm, kiểm tra giúp, chỉ giúp, chỉ giùm, hướng dẫn giúp, hủy giúp, đăng ký giúp, gọi lại cho, in
        lại, cấp thêm, mở thêm, mở rộng, lắp thêm, di dời, cắt tỉa, khơi thông, treo lại, phát lại, phun thuốc, bổ
        sung
    """,
    "praise": """
        cảm ơn, cám ơn, biết ơn, tốt, tốt lắm, tốt bụng, nhiệt tình, tận tình, vui, vui lắm, mừng, phấn khởi, khen,
        hay lắm, đẹp, dễ thương, hài lòng, chu đáo, thân thiện, quý, quý lắm, thương, giỏi, hiền, hoan nghênh, chúc
        mừng, nhanh, nhanh gọn, thỏa đáng, tuyệt vời, kỹ lắm, ưng bụng, đội ơn, xuất sắc, nhớ ơn, xúc động, ngưỡng mộ,
        ghi nhận, thẳng thắn, chịu khó, có tâm, lẹ ghê, mần lẹ, khoái, chắc ghê, hay hát, ai cũng khen, đi êm, sạch
        đẹp, ai cũng thương, ai cũng vui, ai cũng quý, làm tốt, đúng hồ sơ, không lấy đồng nào, không lấy tiền, đều,
        chuẩn, ngon lành, êm ru, khang trang, ấm lòng, mát lòng, yên tâm, lễ phép, nhẹ nhàng
    """,
    "irony": """
        tuyệt vời quá, giỏi thật, hay thật, khéo thật, tài thật, phục thật, đúng là, liêm khiết, công bộc, đầy tớ, của
        dân, vì dân, quý hóa, may quá, dạ phục, xin cảm ơn vì, nhờ ơn, quý hóa quá, sướng thật, oai thật, thương dân
        quá, dân được nhờ, giàu nhanh, khéo chạy, giỏi phép, may mắn thật, trùng hợp, lạ thật, tình cờ, có phép, nhân
        nghĩa, tấm lòng vàng, gương mẫu, khen thay, hoan hô, chúc mừng ông, cảm ơn vì đã, phục lăn, vĩ đại
    """,
    "law": """
        theo luật, luật, quy định, điều luật, nghị định, quy trình, thông tư, tìm hiểu, làm bài, nghiên cứu, tuyên
        truyền, phổ biến, tập huấn, hỏi cho biết, tôi hỏi chơi, lớp học, thi tìm hiểu, cuộc thi, bài nói chuyện, phân
        biệt, đề thi, đề bài, kê khai tài sản, theo mẫu, viết đơn, gửi đơn thì, muốn gửi đơn, tố giác tin báo
    """,
    "no_blame": """
        không có ý, không kiện, không trách, không giận, không tố, không phàn nàn, không ai vòi, không phải, chẳng
        trách, không dám trách, thông cảm, hiểu lầm, không sao, bỏ qua, đã xin lỗi, xong rồi, đã xong, đã sửa, đã trả,
        đã giải quyết, rút lại câu hỏi, không cần, không trách cán bộ, không phải giận, không kiện cáo, nói hớ, nghe
        lộn, hiểu nhầm, đâu có làm gì, lỗi tại tôi, lỗi của tôi, nhận lỗi, không chê, có gì đâu, không nói ai, không
        đổ lỗi, không đáng lo, không đáng ngại, chưa có gì, chưa sao, khỏe rồi, đỡ rồi, may không, may mà, dắt về trả,
        làm lành, huề, thôi bỏ qua, cũng được, chờ được, quen rồi, nói thế thôi, nói chơi, nói vui, đúng rồi tôi nộp,
        quá tốc độ, hiểu được, biết làm sao, tự nguyện, có sổ, không ai làm sao, may không ai bị gì, vui lại rồi, tôi
        chờ, cũng kịp
    """,
    "news": """
        tivi, báo, báo chí, thời sự, bị bắt, bị kỷ luật, xử, tòa, đi tù, vụ án, vụ, huyện khác, tỉnh khác, kết luận,
        hồi xưa, năm ngoái, năm trước, ngày xưa, phim, sách, truyện, kịch, bài hát, đọc báo, coi tivi, nghe nói, nghe
        đài, trên đài, coi phim, chuyện ma, chuyện cổ tích, huyện bên, xã bên, tỉnh bên, bên kia sông, đã bị xử, đã ra
        tù, cách chức, khai trừ, năm kia, hồi trẻ, thời chiến, thời bao cấp, ngày trước, hồi nhỏ, đã lâu, lịch sử,
        viết sử, xã nọ, bị khởi tố, bị tù, khách đi xe kể, báo viết
    """,
    "meeting": """
        họp, cuộc họp, buổi họp, đối thoại, hội nghị, giấy mời, đăng ký, tham dự, phát biểu, hội trường, micro, loa,
        vắng mặt hôm, hoãn, dời, xin vắng, dự họp, khách mời, giơ tay, điểm danh, biên bản họp, nghị quyết, hội nghị
        tổng kết, ý kiến bằng văn bản, tài liệu họp, chương trình, ban tổ chức, ghế, phòng họp, đại biểu, họp dân, họp
        bản, họp phụ huynh
    """,
    "festivity": """
        lễ, lễ hội, đám cưới, đám giỗ, đám tang, tết, rằm, giỗ tổ, văn nghệ, bóng đá, bóng chuyền, karaoke, sân bóng,
        hội làng, đình, chùa, đền, nhà thờ, khai giảng, khánh thành, giao lưu, tổng kết, trung thu, giỗ, cưới, hỏi vợ,
        tân gia, đầy tháng, mừng thọ, hội diễn, hát then, cải lương, đàn, múa, hát, ca hát, cờ tướng, đá gà tre, đua
        thuyền, pháo hoa, lửa trại, thi, giải, nhà rông, cồng chiêng, rượu cần, tất niên
    """,
    "road": """
        đường, con đường, lộ, ổ gà, ổ voi, lầy lội, vỉa hè, hẻm, ngõ, tắc đường, xe tải, biển báo, đèn đường, đèn đỏ,
        đèn giao thông, cầu tạm, bến đò, phà, nắp cống, gờ giảm tốc, chiếu sáng, hố ga, rãnh, cầu treo, cầu khỉ, cầu
        ván, đường nhựa, đường tàu, vạch kẻ, bến xe, bãi đỗ, xe buýt, lún, sụt lún, nứt mặt đường, dốc trơn, trơn, xe
        ben, quá tải, cấm tải, đường trơn
    """,
    "mains": """
        nước máy, nước sạch, cúp nước, mất nước, nước đục, cúp điện, mất điện, điện yếu, công tơ, đồng hồ, giá điện,
        trạm biến áp, bơm nước, thủy lợi, nước tưới, giếng khoan, đường ống, máy bơm hỏng, điện chập chờn, nước yếu,
        nước có mùi, hóa đơn tiền nước, tiền điện, bóng đèn, cầu dao, cột điện nghiêng, dây điện thấp, dây sà xuống,
        trạm bơm hư
    """,
    "waste": """
        rác, hốt rác, mùi hôi, hôi, hôi thối, ô nhiễm, bụi, khói bụi, nước thải, cống nghẹt, ruồi, muỗi, bãi rác, túi
        ni lông, xả thải, phế thải, xác heo, xác lợn, phân bò, khói đốt, đốt rơm, đốt đồng, đổ trộm, nước đen, mùi
        khét, thùng rác
    """,
    "noise": """
        ồn, karaoke, nẹt pô, loa kẹo kéo, máy xay, mất ngủ, hát hò, tiếng ồn, chó sủa, điếc tai, nhạc, hát karaoke, ầm
        ầm, ầm ĩ, xình xịch, inh ỏi, la ó, rú ga, cãi nhau, om sòm
    """,
    "farm": """
        lúa, heo, lợn, trâu, bò, gà, vịt, cà phê, tiêu, tôm, cá, sầu riêng, chuột, sâu, rầy, dịch, phân, thuốc trừ
        sâu, mùa màng, hạn, hạn hán, mất mùa, giống, vườn, rau, chuối, mía, dưa, khoai, bắp, ngô, ao tôm, vuông, vuông
        tôm, lúa gạo, nương, hồi, quế, sắn, lạc, đậu, mè, chè, mít, thanh long, nhãn, vải, bò sữa, dê, ngựa, ong mật,
        tằm, máy gặt, ra đồng, gặt, cấy, bèo, ốc bươu, thú y, giống tôm
    """,
    "network": """
        wifi, mạng, app, ứng dụng, tài khoản, mật khẩu, mã, zalo, facebook, sóng, vneid, đăng nhập, phần mềm, trang
        web, tin nhắn, máy tính, trực tuyến, online, otp, cổng dịch vụ, lỗi, điện thoại hết pin, máy treo, mất sóng,
        đường dây nóng, tổng đài, bấm hoài, gõ, ảnh, clip, email, mã hồ sơ, số hồ sơ
    """,
    "weather": """
        mưa, nắng, bão, gió, giông, lốc, lũ, lụt, nước lũ, triều cường, mưa đá, sét, áp thấp, ngập, sạt lở, hạn mặn,
        gió nồm, sương muối, rét, lạnh, nóng, nước rong, nước lên, nước ròng, sóng, mưa bão, áp thấp nhiệt đới, động
        đất, lốc xoáy, nước dâng, mưa to
    """,
    "service": """
        khám, tiêm, chích, thuốc, thẻ bảo hiểm, lịch, giờ làm việc, làm lại, cấp lại, đổi, gia hạn, nộp, lãnh, lĩnh,
        phát, bưu điện, thư viện, chợ, trường, lớp, tuyển sinh, học nghề, việc làm, vay vốn, nghĩa vụ quân sự, xuất
        khẩu lao động, nghĩa vụ, nhập ngũ, khám nghĩa vụ, tiêm vắc xin, đo đất, tách hộ, sang tên, công chứng, di
        chúc, tạm vắng, ly hôn, ly thân, khai tử, mai táng, nhận con nuôi, hộ chiếu, lý lịch tư pháp, thẻ, giấy hẹn,
        phí, lệ phí, bảng giá, miễn giảm, hồ sơ số, sổ bảo hiểm, thai sản, trợ giúp
    """,
    "water": """
        sông, suối, ao, hồ, giếng, kênh, rạch, biển, đập, thác, mương, vàm, bến sông, cầu, đìa, hố, cống, vực, dòng
        nước, giữa dòng, mép nước, kênh n5, đập tràn, hồ chứa, bể bơi, bể nước, ao cá, giếng khơi, chum nước, ngoài
        khơi, luồng, cửa biển, ngã ba sông, bờ kè, suối cạn, thủy điện
    """,
    "boat": """
        ghe, thuyền, xuồng, đò, vỏ lãi, tàu, thuyền thúng, bè, ca nô, phà, tàu cá, ngư dân, thuyền viên, lưới
    """,
    "machine": """
        máy ép, máy gặt, máy cày, máy tuốt, giàn giáo, cần cẩu, xe công nông, máy xúc, lò hơi, cưa máy, công nhân
    """,
    "drowning": """
        chìm, lật, lật ghe, lật thuyền, cuốn, cuốn trôi, trôi, đuối, đuối nước, sặc nước, ngộp, không biết bơi, không
        biết lội, vớt, chưa vớt, trồi lên, hụt chân, sẩy chân, rơi xuống, rớt xuống, té xuống, lọt xuống, ngã xuống,
        sa xuống, nhảy xuống, lao xuống, phi xuống, bơi, cuốn mất, nước cuốn, nước xoáy, xoáy, mất hút dưới nước, bám
        thúng, bám phao, thấy cái thúng không thấy người, hụt xuống, trượt xuống, lộn xuống, sùi bọt, úp mặt, mặt úp,
        vùng vẫy, không ngoi lên, lặn tìm, thuyền lật, ghe chìm, tàu chìm, đụng ghe, nhấn nước, chìm giữa, la um sùm,
        giữa lòng suối, bị sóng kéo, kéo ra xa, ngoài lạch, ai ra kéo, trôi ngoài sông, hỏng máy trôi, trồi, không
        trồi, chìm nghỉm, hụt, dép còn trên bờ, quần áo trên bờ, quần áo còn, không thấy lên, chưa thấy lên, không nổi
        lên, can nhựa, phao, mủng úp, thúng úp, cái nón trôi, nước hất, trôi tự do, sóng đánh, nước vô khoang, mất tín
        hiệu, nước xiết, chảy xiết, mắc giữa, giữa bãi, ngầm tràn, cầu tràn, xả lũ, xả nước, sà lan, triều lên, sóng
        lôi, ghềnh, gặp giông, rơi khỏi thuyền, nước tới ngực, nước tới cổ, hạ lưu, cửa xả, dưới cửa xả, kiếm quanh,
        mép sông, mép hồ, dép ở mép
    """,
    "fire": """
        cháy, bốc cháy, lửa, khói, nổ, phát nổ, khét, tia lửa, tóe lửa, bén lửa, cháy lan, bình ga, xì ga, xì, mùi ga,
        xăng, chập điện, hỏa hoạn, ngọn lửa, phỏng, bỏng, khói đen, pháo, cháy rừng, bùng, bùng lên, lửa chạy, lửa
        lan, lửa ngọn, phụt, khói bay ra, bốc khói, khói mù, tỏa khói, rò khí, khí độc, nổ lốp, nổ bình, nổ tung, bén
        vào, đổ dầu, châm lửa, lò nổ, đạn cối, quả bom, bom sót, mìn, lựu đạn, đạn, vật liệu nổ, thuốc nổ, xăng chảy,
        tràn dầu, hóa chất, bắt lửa, dính lửa, lửa liếm, lửa táp, khói đặc, bùng một phát, đốt than, sưởi than, than
        tổ ong, phòng kín, đóng kín, máy phát điện, mùi khét, mùi trứng thối, xăng rỉ, lửa tới, lan tới, lan sang, lan
        xuống, lên nóc, amoniac, khí clo, sặc, xộc lên
    """,
    "current": """
        dây điện, điện giật, bị giật, đứt dây, dây đứt, cột điện, điện rò, hở điện, cao thế, chạm điện, rò điện, trần
        điện, dính dây, dính điện, giật cứng, điện phóng, nằm trên dây, dây rớt xuống, chập cháy, ổ điện, giật tung,
        đụng dây, chạm dây, cứng người, xẹt lửa, phụt lửa, phun lửa, phóng lửa, tóe lửa, nẹt lửa, xẹt xẹt, xẹt điện,
        điện dội, dây điện rớt, dây điện rơi, dây điện đứt, trụ điện ngã, hạ thế, trung thế, đường dây, dính cứng,
        giật bắn, kích điện, hàng rào điện, bẫy điện
    """,
    "poison": """
        thuốc trừ sâu, thuốc cỏ, thuốc sâu, thuốc rầy, thuốc chuột, lá ngón, nấm, ngộ độc, uống nhầm, thuốc ngủ, uống
        thuốc, nuốt, axit, paraquat, diệt cỏ, nắm thuốc, vỉ thuốc, viên, ăn nhầm, sùi bọt, sốc thuốc, quá liều, trúng
        độc, củ độc, cá nóc, sắn độc, lá độc, rượu giả, ăn nấm, uống hết hộp, uống cả lọ, uống cả vỉ, ba vỉ, năm mươi
        viên, chai thuốc, gói thuốc, hơi ngạt, ngạt khí, biogas, hầm biogas, uống dầu, bả chó, nấm rừng, nấm lạ, ăn
        cóc, gan cóc, ăn xôi, ăn bún, ăn tiệc, đám giỗ, rượu ngâm, uống rượu, nước giặt, thuốc tẩy, nước tẩy, dầu hỏa,
        pin tròn, cục pin, nam châm, phun thuốc, thuốc diệt, diệt mối, uống lộn, nốc, uống một ngụm, lọ thuốc, kẹo lạ,
        chơi đá, hít keo, chích xong, dị ứng, than củi, khí than, ngộ độc rượu, ăn trúng, ăn phải, nấm lá, trúng nấm
    """,
    "weapon": """
        dây thừng, sợi dây, thắt cổ, treo cổ, xà nhà, dao, dao lam, lưỡi lam, cắt tay, rạch tay, cắt cổ tay, rựa, mã
        tấu, súng, viên đạn, kiếm, gậy sắt, ống tuýp, dao phay, búa, rìu, cây xà, khẩu súng, bắn súng, lựu đạn, mài
        dao, thủ dao, chai vỡ, gậy, cuốc xẻng, cầm rựa, cầm búa, cái dây, dây rồi, chỗ buộc, dây xích, kéo, cưa, cắt
        cổ gà, lưỡi dao, phóng lợn, bom xăng, chai xăng, can xăng, súng săn, súng tự chế, súng kíp, chĩa súng, tuýp
        sắt, ống sắt, tuốc nơ vít, dao dưới gối, điếu cày, chày, cuốc thuổng, đao, bật lửa, bật quẹt, bình gas, lưỡi
        hái, roi cá đuối, mũ bảo hiểm
    """,
    "height": """
        nóc nhà, sân thượng, lan can, thành cầu, lầu, tầng, cột điện cao, mái nhà, giàn giáo, ngọn cây, vách đá, nhảy,
        gieo mình, cầu cao, tháp nước, lan can cầu, ngoài lan can, trên cẩu, cẩu tháp, tháp, thang máy, cần trục, cột
        thu lôi, cây đa, cành đa, đỉnh dốc, mép vực, rơi từ tầng, ngã từ tầng, té từ, nóc chung cư, đứng trên cầu,
        thành giếng
    """,
    "beast": """
        rắn, rắn cắn, rắn hổ, hổ mang, ong đốt, ong, chó dại, chó cắn, cắn, cá sấu, rết, bò cạp, trâu điên, bị húc,
        voi, lợn rừng, sứa, con gì cắn, ong vò vẽ, ong ruồi, bị cắn, lục cắn, chàm quạp, mãng xà, trăn, voi rừng, gấu,
        bò tót, trâu húc, bò húc, chó điên, chó becgie, khỉ cắn, con sứa, đỉa, dại, phát dại, lên cơn dại, sợ nước, sợ
        gió, cắn người, cắn trẻ, cắn bé, cắn lung tung, chạy rông, trâu chọi, heo nọc, heo rừng, cạp nia, cạp nong,
        rắn lục, bò vẽ, chích, bu chích, mèo cắn, mèo hoang, chó lạ, đàn ong, bọ cạp, con rết
    """,
    "symptom": """
        bất tỉnh, ngất, xỉu, co giật, khó thở, thở khò khè, không thở, tím, tím tái, tím ngắt, lả, mê man, hôn mê, đột
        quỵ, méo miệng, méo mồm, tai biến, đau ngực, ôm ngực, nôn, ói, ói máu, sốt cao, trợn mắt, cứng đơ, xụi, liệt,
        lạnh ngắt, mạch yếu, không dậy, không nhúc nhích, gục, gục xuống, ngã gục, nằm im, nằm bất động, gọi không
        thưa, gọi không dậy, kêu không trả lời, không trả lời, thoi thóp, hấp hối, vỡ ối, nước ối, đau đẻ, đẻ rơi, sắp
        sinh, băng huyết, chuyển dạ, sốc, sưng vù, sưng, mắc xương, hóc, nghẹn, sặc, cấm khẩu, cứng hàm, tê lưỡi, lưỡi
        tê, méo một bên, ú ớ, nói ngọng, vã mồ hôi, đau thắt ngực, tức ngực, thở rít, thở gấp, ngừng thở, không mạch,
        tim đập yếu, môi thâm, môi tím, mặt tái, tái mét, lịm, lịm đi, lơ mơ, mê sảng, tay chân lạnh, ra máu nhiều,
        máu không dừng, đau bụng dữ dội, bầu, sinh non, ngôi ngược, thai, xuất huyết, mất nước nặng, ói ra máu, không
        tỉnh, đột tử, ngã ra, ngã quỵ, té cứng, té xỉu, đầu óc quay cuồng, co quắp, hóc kẹo, hóc xương, lên cơn hen,
        không phản ứng, nằm còng queo, không khóc được, co rút, liệt nửa người, nói không được, mặt tái xanh, gục
        trên, nuốt pin, sặc sữa, ra máu, máu nhiều, vật ra, nằm vật, thở hổn hển, thở dốc, lay mãi, lay không, lay
        hoài, gọi không biết, không biết gì, mềm nhũn, trắng dã, bỏ bú, thẳng cẳng, cứng đờ, không bắt được mạch, lạnh
        toát, môi tái, môi xanh, mắt trũng, không nhìn thấy, không thấy đường, mờ mắt, không cựa, không cử động, không
        động đậy, tê môi, tê miệng, khuỵu, buông thõng, nói lắp, nói nhảm, nói sảng, li bì, trắng bệch, tái nhợt, rút
        lõm, mắt trợn, nôn thốc, ói xanh, ói nâu, ho ra máu, phù lên, không dừng được, đái ra máu, đứt mạch, sốt li
        bì, tụt huyết áp, tụt đường, lên cơn, khò khò, thở khó, thở không ra, rớt đũa, rơi đũa, xệch, rặn, chưa ra,
        thò chân, xám ngoét, thở khọt khẹt, bọt mép, lờ đờ, mất nước, vàng mắt, cổ cứng, nôn vọt, choáng, lăn ra, phát
        ban rồi, rộp, yếu dần, lạnh dần, nhìn một thành hai, máu hoài, ra máu hoài, sốc phản vệ, nói lung tung, loạng
        choạng, huyết áp tụt, phù mặt, tay run, đi không vững, chân run
    """,
    "injury": """
        chảy máu, máu, gãy, gãy chân, gãy tay, bị thương, vỡ đầu, bể đầu, dập, đứt, đứt lìa, cuốn tay, tai nạn, đâm
        xe, tông, tông xe, va chạm, lật xe, xe lật, bị đè, đè, kẹp, mất phanh, đứt thắng, xe đè, cán, nát, bất động,
        trọng thương, bỏng nặng, nước sôi, bị cuốn, cuốn vào máy, dập nát, đứt ngón, gãy cổ, xuyên, đâm xuyên, thủng
        bụng, lòi ruột, vỡ sọ, máu me, máu tùm lum, bê bết, mất nhiều máu, húc, cán trúng, tông trúng, đè trúng, rơi
        trúng, đổ trúng, nằm giữa đường, nằm bên đường, xe khách lao, tai nạn liên hoàn, nằm la liệt, nghiến, nghiến
        tay, cả cánh tay, bị cán, nằm dưới gầm, phun máu, máu phun, cháy sém, cứa cổ, không cầm máu, nước sôi đổ, đè
        bếp, ngoạm, cuốn mất, cuốn áo, cuốn tóc, xe trượt, tuột dốc, tuột thắng, lộn cổ, lộn nhào, rớt xuống, sa hố,
        quẹt trúng, lăn đè, đè ngang, banh tay, văng vô, văng trúng, trúng đầu, máu trào, máu vọt, cứa, bẹp, gãy lưng,
        gãy xương sườn, tụt dốc, rớt xe, té xe, té ngửa, húc người, quật, vồ, giẫm, nghiến chân, chẹt, chẹt ngang, lùi
        trúng, cán qua, nằm ngoài lộ, dính vô nhau, kẹt chân
    """,
    "collapse": """
        sập, sụp, lở, sạt, sạt lở, đổ, vùi, vùi lấp, vỡ đê, đê vỡ, vỡ đập, nứt toác, chôn vùi, đứt cáp, cầu sập, cây
        đổ, tốc mái, trôi nhà, nước tràn, nước lên, nước dâng, ngập nóc, ngập tới, lên tới, nứt đồi, nứt núi, đất kêu,
        trượt đất, sụt đất, đất lấp, lấp tới cổ, bị lấp, sập hầm, sập giếng, sập mỏ, sập giàn, sập nhà, nhà đổ, nhà
        sập, tường đổ, mái sập, trần sập, bờ sụp, kè vỡ, bể bờ, sụt dài, lũ quét, lũ ống, lũ về, lũ tới, đứt neo, tàu
        trôi, đá lăn, đổ vào nhà, tới cửa sổ, tới ngực, tới cổ, tới giường, tới bụng, ngang ngực, mấp mé, tràn vô, vỡ
        tràn, chưa dọn kịp, không chạy kịp, đất phủ, bị phủ, bật gốc, sụt, hố sụt, lún, trôi xuống, rò nước, thấm
        nước, nước đục ngầu, xì thành vòi, chân đập, thân đập, bị bít, bít cửa, lấp kín, bay mái, bốc mái, tôn cứa,
        tiếng rắc, sủi nước, đùn cát, đùn lên, cát trào, mạch sủi, nước xối, tuôn vô, võng xuống, xoáy, hàm ếch, sạt
        chân, cuốn cánh, gãy cửa, vỡ một quãng, chân đê, thân đê, mái đê
    """,
    "trapped": """
        kẹt, mắc kẹt, không ra được, chưa ra được, bị khóa, kẹt trong, cô lập, không thoát, trên mái, trèo lên mái,
        chưa thoát, không xuống được, không lên được, ở dưới, bên trong, còn trong, kẹt dưới, kẹt lại, kẹt trên, chạy
        không kịp, không kịp chạy, còn chỏm tre, còn ngọn tre, đứng trên giường, trên gác, ngồi trên mái, bám trên
        cây, leo lên cây, bị vây, treo tòn ten, treo lơ lửng, hết đồ ăn, điện thoại còn, hết pin giữa rừng, không
        thang, không xuống lên, xuống không lên, nhiều người kẹt, mắc cạn, trong tủ lạnh, cửa sập, không mở được, giữa
        đường ray, bỏ quên trên xe, khóa trong xe, trên nóc tủ, trên nóc xe, kẹt tay, kẹt đầu, kẹt nửa người, kẹt
        chân, nắp sập, không tắt được, không dậy nổi, không bế nổi, không khiêng nổi, liệt một mình, đường sạt, đường
        lở, xe không vào, xe không vô, không ai đi, khiêng, cầm hơi, nhịn đói, hết gạo, hết sữa, ăn rau rừng, rét run,
        áo cộc, rét cóng, không áo, ngồi trên hòn đá, bám vào, giữa dòng, bên kia suối, bám rễ, bám cây, tay thò ra,
        chân thò ra, dưới đống, dưới nắp, song sắt, không rút ra, chui đầu, đóng sập, sập lại, bỏ lại trong xe, trên
        nóc chuồng, mép vực, vắt mép, nằm ngửa, trong tủ
    """,
    "missing": """
        chưa về, chưa thấy về, mất tích, đi lạc, không thấy, tìm không thấy, chưa tìm, không liên lạc, từ chiều, từ
        sáng, từ hôm qua, cả đêm, tối mịt, bỏ nhà, bỏ đi, bị bắt cóc, bị dụ, dắt đi, dẫn đi, mất hút, chưa thấy, không
        về, lạc mất, đi đâu không biết, chưa tìm được, tìm khắp, không thấy người, mất liên lạc, tắt máy từ, đi từ hôm
        qua, ra khơi chưa về, vào rừng rồi, đi vào rừng, mất tăm, chờ mãi không thấy, lạc trên núi, lạc đường, lạc
        trong rừng, đi tắm chưa về, bỏ đi từ sáng, dắt lên xe, cửa khẩu, mất dạng, đi mất, mất đâu, không thấy mô,
        không thấy đâu, bỏ đi khỏi nhà, rời nhà, ra khỏi nhà, không về nhà, không về đúng hẹn, ra ngõ, gà gáy, mờ
        sáng, chừ chưa về, tan trường, tan học, điện thoại tắt, máy không liên lạc, lạc hai hôm, lạc ba ngày, lạc
        không, bị lạc, quay đi quay lại, ngoảnh vô, ai gặp, giữ lại dùm, một mình ngoài, đi đâu từ, ẵm con đi, không
        ra được, hẹn gặp bạn, quá hẹn, bộ đàm, không lên lớp, không ra chợ, không thấy mặt, không thấy khói bếp, không
        thấy mở cửa, đóng im ỉm, cửa đóng, gọi cửa, chốt trong, khóa trong, chẳng thưa, không ai thưa, không thưa, chỉ
        có con chó, dép ai, đồ còn đó, xe còn, xe vẫn ở sân, xe bỏ bên, suối lớn, chưa tới, chưa thấy tới, lạc mẹ,
        không ai nhận, leo xe khách
    """,
    "calling_for_help": """
        cứu, cứu với, cứu tôi, kêu cứu, cấp cứu, gọi giùm, gọi giúp, gọi xe, xe cấp cứu, đến ngay, tới ngay, mau, lẹ
        lên, nhanh lên, khẩn cấp, ai đó, trời ơi, bà con ơi, giúp với, tới lẹ, hộ với, tới cứu, ai cứu, làm ơn cứu,
        cứu con, cứu em, cứu mẹ, gọi 113, gọi 114, gọi 115, cử người tới, cho người tới, phải làm sao bây giờ, không
        biết gọi ai, không biết làm sao, nguy rồi, chết người, tiếng kêu, tiếng la, người ta la, la trong đó, kêu trời
    """,
    "now": """
        đang, vừa, mới, ngay bây giờ, giờ này, lúc này, vừa mới, bây giờ, nãy giờ, rồi, liền, ngay lúc này, tối nay,
        đêm nay, sắp
    """,
    "fight": """
        đánh nhau, chém nhau, đâm nhau, hỗn chiến, ẩu đả, cầm dao, rượt chém, đâm, chém, cạy cửa, phá cửa, xông vào,
        đập phá, đuổi chém, bắn, khống chế, cầm cự, vây, chặn đường, phang nhau, vác cuốc, vác dao, vác rựa, bắn nhau,
        đâm lén, hội đồng, đánh hội đồng, vây đánh, cầm ống sắt, đập cửa, cạy khóa, leo rào vào, rút dao, xách dao,
        cầm kiếm, hai làng, hai nhóm, băng nhóm, loạn xạ, máu đổ, hẹn nhau, hai nhóm hẹn, hẹn đánh, kéo tới, kéo đến,
        gom người, tìm trai làng, trói đập, dân bản vây, chém lộn, đánh lộn, dàn trận, bắn chỉ thiên, kẹp cổ, dí vô
        cổ, giữ con, giữ hai con, ném bom xăng, lục đồ, bẻ khóa, xà beng, đèn pin, cưa cửa, tắt đèn, cây dài, kéo
        xuống đập, đập túi bụi, cầm sào, vây thuyền, máy xúc cán, lái máy, cầm kéo, cầm gạch, doạ đâm
    """,
    "beating": """
        đánh, đánh đập, đấm, đạp, tát, bóp cổ, quất, đập đầu, nắm tóc, lôi, kéo tóc, bạt tai, đánh mẹ, đánh em, đánh
        con, bầm, bầm tím, tím mặt, dí, tra tấn, hành hạ, bạo hành, ngược đãi, đòn, trận đòn, vũ phu, đuổi đánh, xô
        té, dìm, đánh tới, thượng cẳng, lôi ra sân, dập đầu, nhấn đầu, nhấn nước, dí thuốc lá, dí vào, đốt tay, quất
        bằng, thắt lưng, roi, roi điện, cây củi, bắt quỳ, quỳ, bị đòn, ăn đòn, mặt bầm, chảy máu đầu, đá vào bụng, tát
        tai, kẹp cổ, siết cổ, bóp mũi, đổ nước sôi, tạt nước sôi, đánh xỉu, đánh gãy, đánh thừa, đánh hoài, đánh liệt,
        lên gối, vả, trói vào cột, phang, vặn tay, giật tóc, quất má, hắt nước sôi, hắt nước, bỏng lưng, ủi, cắm tàn
        thuốc, tàn thuốc, nhét giẻ, nhét ớt, đứng nắng, quỳ ngoài sân, vật ra, xô ngã, đá bụng, đấm bụng, tím đen,
        tiếng đấm, tiếng đánh, tiếng khóc, ngủ chuồng, chuồng trâu, chuồng heo, dấu roi, chui gầm giường, ném vào
        người, lột áo, nhúng đầu, dội nước, gãy xương, lấy dép, co người lại, vết giày, vết xước, dập mặt, ném đá, bẻ
        kính, đập điện thoại, lở loét, ăn cơm chó, uống nước bồn cầu, bồn cầu, ném giày, đẩy xuống, trói ghế, khóa
        lớp, trấn lột, lấy tiền ăn sáng, không đưa thì, đấm vô, compa, khắc tên, cột chân, phơi nắng, treo ngược, treo
        lên cây
    """,
    "confining": """
        nhốt, xích, trói, giam, khóa ngoài, bỏ đói, không cho ăn, không cho ra, giữ điện thoại, cấm cửa, bắt về làm
        vợ, tảo hôn, bán qua, bán sang, qua biên giới, ép gả, ép cưới, lấy giấy tờ, khóa trong, nhốt trong, xích chân,
        giữ giấy tờ, giữ hộ chiếu, giữ người, không cho gọi, không cho về, không cho đi, lừa qua campuchia, qua
        campuchia, bị bán, rủ sang, dụ sang, bắt làm vợ, bắt về, kéo vợ, chuộc, đòi chuộc, bỏ ngoài sương, cho ăn cơm
        thừa, không cho học, đi tàu không về, giữ căn cước, giữ chứng minh, giữ thẻ căn cước, giữ cccd, giữ passport,
        thu hộ chiếu, thu điện thoại, lấy điện thoại, lấy đt, lấy mất điện thoại, khóa cổng, khóa cửa, khóa trái, khóa
        nhà, cất chìa khóa, giữ chìa, có người canh, cho người canh, bị canh, canh giữ, bị giữ lại, giữ ở lại, không
        ra được, không cho lên bờ, không cho vô bờ, không cho vào bờ, không cho liên lạc, không cho ra khỏi, không cho
        nghỉ, không trả lương, không công, làm trừ nợ, bắt trả nợ, trừ nợ, gán nợ, tiền chuộc, đòi tiền chuộc, chủ
        nhốt, chặn cửa, ai trốn, bị lừa, lừa đi, lừa sang, dụ đi, bị dụ, cũi, miến điện, campuchia, bắt cưới, kéo về
        làm vợ, kéo em về, hứa gả, sang đón, làm dâu, cưới tháng này, nghỉ học cưới, canh từng bước, nhốt trên gác,
        giữ sim, cất căn cước, trốn thì đánh, ai trốn thì, nhịn cơm, buộc vô cột, cột vô, tiếng xích, nhốt chuồng,
        chích điện, giật điện, cất giấy, đi với khách, bạc trắng, sính lễ, mang lễ, nhận lễ, cưới sau mùa, gán em, gán
        con, gán cho, mới mười hai, mới mười ba, mới mười bốn, mười hai tuổi, mười ba tuổi, gắn khóa ngoài, tháo chốt,
        đẻ thuê, không biết chỗ nào, không biết ở đâu, rào cao, bịt cửa, ký nợ, bán qua công ty, bán thận, cọc trước,
        không cho rút
    """,
    "abuse": """
        sờ, sờ mó, sàm sỡ, hiếp, hiếp dâm, xâm hại, dâm ô, lột áo, lột đồ, quay clip, tung ảnh, tung hình, tung clip,
        làm bậy, quấy rối, đụng chạm, nhìn trộm, chạm vào, gạ, mò vô, mò vào, ngủ chung, khỏa thân, cưỡng, ôm hôn, cho
        xem phim, rủ vào, ép quan hệ, chụp hình, ngồi lên đùi, vén áo, cởi, cởi hết, cởi đồ, vô phòng, vào phòng, chui
        vào mền, có bầu, mang bầu, mang thai, đụng vào người, sờ đùi, bóp, hôn, nhìn con tắm, quay lén, gửi ảnh nóng,
        ảnh nóng, clip nóng, khóa cửa lại, ép chuyện ấy, chuyện ấy, giở trò, giở trò đồi bại, làm nhục, cho kẹo, dụ
        dỗ, phim người lớn, phim bậy, rủ vô nhà, cưỡng bức, phá thai, nó nói đau, không mặc đồ, làm với nó, làm với
        em, trong kho, kể với tôi chuyện, kéo chăn, đồ lót, bịt miệng, cho vào nhà nghỉ, vào phòng tắm, khi cháu đang
        tắm, nó không dám kể, cởi thắt lưng, cởi quần, cởi áo, ngồi lòng, luồn tay, luồn vô, tắt đèn, nằm xuống, làm
        theo, tắm cho con, mò qua, mò sang, giường con, giường em, vô buồng, bảo im, đừng nói ai, không được kể, ảnh
        khỏa thân, hình khỏa thân, chụp hình lúc tắm, gửi hình, có bầu rồi, chỗ vắng, thay đồ trước mặt, thay áo trước
        mặt, trước mặt thầy, giữ lại sau giờ, lấy lá, chỗ đi tiểu, làm đau, xem người, máy quay, quay trong phòng tắm,
        phục vụ thêm, đặt tay, quấn khăn, mất kinh, vật xuống, đè xuống, la vào mền, chui mền, vào chăn, vào màn, rúc
        vô màn, rúc vào, lên giường nó, lên giường cháu, đắp chăn rồi, nằm luôn đó, có dấu hiệu bị, bị làm hại
    """,
    "following": """
        bám theo, đi theo em, theo em, theo tôi, theo con, chạy xe theo, đi xe theo, đón đường, chặn xe, chặn em,
        rình, rình rập, đứng rình, nhìn trộm, đứng trước cửa, đứng dưới cửa, đứng ngoài cửa, trước phòng trọ, chờ
        trước cổng, đợi trước cổng, canh trước cổng, leo rào, trèo rào, leo cửa sổ, đột nhập, gọi điện liên tục, nhắn
        tin liên tục, mỗi ngày cả trăm tin, gắn định vị, định vị, phần mềm theo dõi, cài phần mềm, đi đâu cũng biết,
        biết nhà em, biết chỗ em, biết giờ em, biết đường về, người lạ, xe lạ, kẻ lạ, người yêu cũ, bạn trai cũ, ny
        cũ, chồng cũ, giật tay, lôi lên xe, kéo lên xe, rủ lên xe, dắt đi
    """,
    "bed": """
        khách sạn, nhà nghỉ, nhà trọ, phòng trọ, ngủ với, ngủ cùng, đi ngủ, ngủ lại, ngủ một đêm, qua đêm, một đêm,
        chung phòng, ở chung phòng, lên giường, vào giường, vô giường, thân xác, quan hệ, đổi tình, tình dục, chiều
        ổng, chiều ông, chiều hắn, chiều nó, chiều sếp, chiều thầy, chiều anh, chiều khách, tiếp khách, đi khách, bán
        dâm, ngoan ngoãn, nghe lời, có chịu, chịu đi, đi với ảnh, đi với ổng, đi với anh, đi với ông, đi với nó, đi
        riêng, hẹn riêng, gặp riêng, một mình, tối qua nhà, tối sang nhà, tối ghé, đưa về phòng, kéo vào phòng, kéo
        lên phòng, gọi lên phòng, kêu lên phòng, đè ra, đè em, đè con, ôm, ôm eo, vuốt, vuốt ve, xoa, massage, hôn,
        chuốc rượu, chuốc say, ép uống, bỏ thuốc, ảnh không mặc đồ, hình không mặc đồ, ảnh khỏa thân, ảnh nhạy cảm,
        nhắn tin tục, gạ, gạ gẫm, gạ tình
    """,
    "loss_if_not": """
        đuổi việc, mất việc, cho nghỉ việc, cho nghỉ, nghỉ việc, thôi việc, sa thải, khỏi làm, cắt hợp đồng, không ký
        hợp đồng, hết việc, hạ hạnh kiểm, cho rớt, cho ở lại lớp, cho điểm kém, mới cho điểm, trừ lương, cắt thưởng,
        đuổi khỏi phòng, dọn ra, dọn đi, bác đơn, bác hồ sơ, mới ký, mới duyệt, mới xong, thì mới, không chịu thì,
        không chịu là, không đi thì, không đi là, không nghe thì, không nghe là, không cho thì, không gặp thì, nếu
        không, từ chối, từ chối thì, không chịu
    """,
    "threat": """
        dọa, đe, giết, dọa giết, đốt nhà, tạt axit, tạt sơn, chặt, xin cái, lấy mạng, cho chết, nhắn tin, ném đá, chặn
        đường, canh cổng, theo dõi, gửi vòng hoa, dọa đốt, thủ tiêu, im mồm, coi chừng, mất xác, cả nhà mày, sẽ giết,
        giết cả nhà, đốt cả nhà, xử cả nhà, dọa chém, dọa đâm, dọa bắt con, dọa tung, mất tay, chặt tay, xin tay, xin
        ngón tay, chôn sống, đổ bê tông, ném xác, gà cắt cổ, biển số xe, giờ tan học, bài học cho, thư nặc danh, nhét
        khe cửa, không yên đâu, cho biết tay, đừng trách, hối hận, xiên, xách dao lên, liều mạng, sống chết, thề giết,
        kéo theo, sắp tới lượt, dán trước cổng, ném hòn đá, ảnh quan tài, quan tài, vòng hoa tang, vẽ hình, câm thì
        sống, can xăng, mang xăng, mua xăng, ở nhà đợi, chặt chân, bắt cóc, biết nhà mày, tống tiền, phát tán, đăng
        lên mạng, đưa lên mạng, tung lên mạng, gửi cho cả lớp, gửi cho chồng, gửi cho vợ, dán ảnh, dán khắp, ghép mặt,
        ghép hình, giữ clip, giữ ảnh, đăng hình, đăng ảnh, đòi nợ, dí dao, kề dao, dí súng, cho người đánh, mới tha,
        thì tha, không tha, lấy ngón tay, liệu hồn, liệu thần hồn, coi chừng cái mạng, cái mạng, tên con, cháy nhà lúc
        nào, mất tích, bẻ ngón, bẻ tay, lấy tay, xác gà, gà chết trước cửa, mắm tôm, treo trước cửa, ném đá lên mái,
        đá lên mái, ép xuống lề, xe không biển số, mảnh giấy, tờ giấy, cho đi, cho cả nhà, gặp là chém, dán đầy, tung
        cho, up clip, gửi mẹ, gửi cho mẹ, bắt gửi tiền, không chuyển thì, không thì, bảo kê, hẹn xử, quay lại xử, đốt
        chòi, bảo phải đốt, mi kế tiếp, kế tiếp, bả chết, bị bả, viên đạn, dây phanh, tháo ốc, mài rựa, mài dao, cắt
        hết, gậy đón, cầm gậy đón, chữ đỏ, đầu chó, biết con mày, chụp hình nhà, xử cả, chuyển là gửi, kề tiếp, rải
        đinh, mảnh chai, vòng hoa, sắp có tang, sắp có đám, có đám ma, rạch lốp, thả rắn, đổ xăng quanh, giấy kẹp,
        chuẩn bị hòm, vợ mày góa, giờ con tôi tan trường
    """,
    "wish_to_die": """
        muốn chết, chết cho, chết đi, chết quách, không muốn sống, chán sống, chán đời, tự tử, tự vẫn, quyên sinh,
        chết là hết, sống làm gì, sống chi, sống làm chi, kết thúc, chấm dứt, đi luôn, ra đi, đi xa, đi theo, theo ông
        bà, ngủ luôn, ngủ mãi, ngủ một giấc, không tỉnh, không dậy nữa, biến mất, tan biến, biến khỏi, giải thoát,
        uống cho xong, cho xong, cho rảnh, cho nhẹ, lần cuối, về với, đi gặp, hết muốn, không thiết, không còn lý do,
        nghỉ hẳn, dừng lại ở đây, dừng ở đây, trút, buông, buông tay, buông xuôi, không cần thức dậy, bầu trời, kiếp
        sau, hóa kiếp, đời này, trên đời, cõi đời, thức dậy, mở mắt, không mở mắt, đừng mở mắt, nằm chờ, chờ chết,
        mong chết, chết quách đi, chết cho lẹ, chết sớm, kiếp này, về trời, lên trời, tìm cha, gặp mẹ, đi gặp anh em,
        xuống dưới đó, dưới đó, ngủ quên, ngủ ngon nhé thế giới, nghỉ ngơi mãi, cho nước cuốn, nhảy xuống là hết, đâm
        đầu, lao vào xe, nằm đường ray, không ăn nữa, bỏ ăn bỏ uống, mặc quần áo mới rồi, xong phần mình, cách của
        tôi, chọn cách, kéo dài chi, kéo dài nữa, cạn dầu, tắt đi, cho nhẹ nợ, rảnh nợ, thoát, tự kết liễu, tự xử, hết
        muốn thở, không muốn thở, sống không nổi, chết hay sống, có sao đâu nếu tôi, không nên có mặt, chưa từng sinh
        ra, giá đừng sinh, đêm cuối, bữa cuối, bữa cơm cuối, thêm một ngày nữa, ngắm lần cuối, dây rồi, cắt tay mới,
        cào tay, rạch, chảy máu mới thấy, theo mẹ cho, theo ba cho, theo chồng, theo vợ cho, xin theo, gọi tôi về, xin
        chúa gọi, hẹn kiếp sau, bỏ xuống ao, không tính vô nữa, không sạc nữa, hết pin rồi, mua than, đóng kín cửa, đi
        nha mọi người, sóng kêu, con đi trước, đường ray, trước bánh xe, đủ can đảm, nhẹ lòng, đi cho nhẹ, tự liệu, đi
        sớm, không có mình, không có em, không có con, không có tôi, vắng mình, bớt một người, bớt miệng ăn, đi cho
        rồi, cho sạch, luyến tiếc, đừng có trên đời, nhảy lầu, nhảy cầu, lên sân thượng, cắt sâu, lần này sâu, để sẵn,
        mua sẵn, ôm con, hai mẹ con đi, thay con, ở lại thay, hết duyên, đất nó nhẹ, trời bắt, trời không bắt, hóng
        gió, thử trên tay, tới số, xong đời, hết kiếp, nhắm mắt, cái mạng này, gửi cái mạng, bình yên, chọn ngày, cách
        nào nhanh, cách nào không đau, không đau, bao nhiêu viên, theo nó, theo bà, bớt khổ, nhà nhẹ, gầm máy, nằm
        dưới, máy xúc, xe ủi, cán thì cán, tuyệt thực, nhìn đến chết, tự thiêu, nút thòng lọng, thòng lọng, cột dây,
        xin liều, thế giới không đau, bình thuốc, gom thuốc, đếm số viên, mép giếng, bờ hồ, tầng cao nhất, cầu vượt,
        bảo hiểm trả, đủ trả nợ, chết thì
    """,
    "farewell": """
        vĩnh biệt, tạm biệt, từ biệt, di thư, thư tuyệt mệnh, di chúc, lời cuối, tha lỗi, tha thứ, xin lỗi mẹ, xin lỗi
        con, đừng tìm, đừng buồn, đừng khóc, nhờ nuôi, chăm giùm, nuôi giùm, ở lại mạnh khỏe, giữ gìn, cho hết đồ,
        chia đồ, dặn dò, dặn lại, gửi lại, để lại, bye, thư để lại, khóa máy, khóa cửa, xóa hết, viết thư cho mẹ, viết
        thư để lại, giao lại con, gửi con, gửi con về ngoại, ai chăm, ai nuôi, nuôi con giùm, sổ tiết kiệm, chia hết
        đồ, cho hết quần áo, xóa facebook, xóa hết tin nhắn, lo hậu sự, đặt hòm, áo quan, dặn vợ, dặn con, giữ sức
        khỏe nhé, ở lại vui, quên tôi đi, quên em đi, đừng chờ, đừng chờ cơm, tạm biệt thế giới, tạm biệt mọi người,
        không gặp nữa, lần chót, đốt hết ảnh, để lại nhẫn, nhẫn cưới, tờ giấy, bảo về đi, khỏi thối tiền, cảm ơn đã
        ủng hộ, chia xong ruộng, đừng nấu cơm, đừng đợi, không cần đợi, không phải đợi, không về nữa, không về đâu, lo
        giùm, lo giúp, chăm mèo, chăm chó, tưới cây giùm, không thấy đèn, khỏi trả, đem cho, đem cho hết, xin lỗi từng
        người, trả nợ từng người, ra mộ, ngồi cả đêm, đếm ngược, lo xong hết, lo hết rồi, không tính vô, nhờ mọi
        người, nhờ xã lo, trên bàn thờ, mua hòm, sắm hòm, đồ liệm, chụp ảnh thờ, sắp đi xa, trả phòng, cảm ơn vì đã,
        đổi ảnh đại diện, xóa hết hình, điểm danh, khỏi gọi tên, bớt một bạn, nhớ giỗ, con đi nhé, trăng trối, giữ làm
        kỷ niệm, mật khẩu, khỏi tìm, đôi giày, để dép, để giày, tin cuối, dòng cuối, lời chào cuối, cưu mang, mang ơn,
        đã thương con, đã thương mẹ con, nén nhang, hương khói, nhang đèn, giỗ chạp, ở lại mạnh giỏi, mạnh giỏi, tới
        đây thôi, vậy là đủ, là đủ
    """,
    "despair": """
        gánh nặng, làm phiền, không phiền, vô dụng, thừa, vô nghĩa, mệt mỏi, hết đường, cùng đường, bế tắc, tuyệt
        vọng, nhẹ nợ, khổ con, nặng con, chịu hết nổi, không chịu nổi, không ai cần, một mình, cô đơn, buồn quá, không
        ngủ được, trống rỗng, mất hết, không lối thoát, hết hy vọng, đau quá, nợ, chẳng còn gì, không còn gì, không ai
        thương, quá sức, kiệt sức, gục ngã, cạn kiệt, chẳng ai hiểu, không ai hiểu, không ai tin, mẹ không tin, không
        biết nói với ai, nhục nhã, không mặt mũi, vỡ nợ, siết nhà, vợ bỏ, chồng bỏ, bị bỏ rơi, thất nghiệp, thi trượt,
        thi rớt, điểm kém, bệnh k, ung thư, nằm liệt, đau đớn, vô vọng, mất ngủ, thức trắng, trong bóng tối, tối tăm,
        rơi xuống đáy, hết sức rồi, mệt rồi, mệt lắm rồi, chán hết, buông xuôi, không thấy buồn nữa, lạnh một chút,
        yên lắm, nợ ngập đầu, nợ ngập, nợ nần, bác sĩ trả về, bệnh viện trả về, khỏi tốn tiền, tốn tiền con, gánh cho
        con, vợ mất, chồng mất, con mất rồi, rớt đại học, không ra khỏi phòng, khóa trái, khóa cửa, nhốt mình, khổ
        tâm, đơn không ai, không ai đọc, cả lớp nói, không ai chơi
    """,
    "fear": """
        sợ, run, run lẩy bẩy, trốn, núp, chạy qua, chạy trốn, không dám về, không dám kể, không dám, hoảng, khóc, khóc
        thét, cầu xin, la hét, kêu, bỏ ăn, im re, im luôn, run rẩy, không dám ra, không dám ngủ, khóa cửa trốn, ổng
        núp, bả núp, em trốn, con trốn, chạy sang, trốn ngoài vườn, cả đêm không dám, sợ lắm, khóc ré, im bặt, không
        nói, không nói không rằng, giật mình, ác mộng, cấm nói, cấm kể, không cho kể, đừng kể ai
    """,
    "body_part": "đầu, cổ, tay, chân, mặt, mắt, bụng, ngực, lưng, miệng, lưỡi, họng, tóc",
    "exaggeration": """
        buồn cười, cười chết, chết cười, nóng chết, nóng muốn chết, mệt muốn chết, mệt chết, đói chết, chết khát, cháy
        hàng, cháy túi, cháy vé, cháy hết mình, đau đầu, điếc tai, giết thời gian, nổ máy, bom tấn, tức chết, mừng
        chết, sợ ma, cháy khét nồi, lúa chết, gà chết, cá chết, cây chết, heo chết, tôm chết, rau chết, đau tim với,
        cười đau bụng, mừng hết lớn, nhớ chết, thèm chết, sốt đất, sốt giá, cháy giáo án, bão giá, bom hẹn, giết gà,
        giết heo, mổ lợn, chết máy, chết đứng với, đứng hình, thở dài, hết hồn, hú hồn, phát điên, điên đầu, chán như
        con gián, ma nhập, quỷ tha, chém gió, đánh răng, đánh cờ, đánh bóng chuyền, đánh giá, đánh máy, đánh dấu, đánh
        bắt, đánh thuế, treo cờ, treo biển, treo máy, nhảy dân vũ, nhảy múa, nhảy dây, cắt tóc, cắt cỏ, cắt băng, bắn
        pháo, chữa cháy, diễn tập, phòng cháy, tập huấn, bình chữa cháy, tắt đèn, khóa cổng, cháu khóc, khóc vì vui,
        khóc vì không được, ngã sưng, té trầy, muỗi đốt, ong mật, rượu cần, uống ít rượu, tiêm phòng
    """,
    "unfinished": """
        chưa có, chưa thấy, mãi, hoài, chậm, lâu quá, lâu, mấy tháng, mấy năm, cả tháng, dở dang, xuống cấp, hỏng, hư,
        hư hỏng, dột, rò rỉ, bể, nghẹt, gãy, cũ, rỉ, mục, chưa làm, chưa sửa, chưa lấp, chưa thay, chưa lắp, chưa trả
        lời, chưa thấy báo, mỏi mòn, ì ạch, trì trệ, mòn mỏi, rò, gỉ, bong tróc, mọt, tối om, mất nắp, kẹt cửa, hết
        hạn, yếu xìu, chập chờn, quá cũ
    """,
    "office_work": """
        hướng dẫn, giải thích, hẹn ngày, giấy hẹn, báo đủ, báo sáng mai, dặn, mời họp, mời phụ huynh, nhắc bà con, chỉ
        dẫn, gọi lại, gọi lên làm việc, về nói chuyện, xuống đo, ra chỉ mốc, thăm hỏi, đi từng nhà, đọc thu chi, trả
        kết quả, đúng hẹn, lưu động, chúc tết, thay ai, ai làm thay, ai lên thay, tên gì, là ai, người ở đâu, nhận
        việc, đi công tác, nghỉ ốm, nghỉ đẻ, đi học, số điện thoại, phát quà, trao quà, tiếp dân, về dự, dự lễ, đọc
        công nợ, nhận hồ sơ, báo đủ rồi, hẹn thứ tư, hẹn mai, gọi điện nhắc, nhắn họp, phát phiếu, phát loa, dán ở,
        niêm yết ở, lấy lời khai, làm căn cước, tuyên dương, vận động bà con, kiểm tra vệ sinh, tập huấn, dạy ủ phân,
        bán giống, cấp phát, đỡ đẻ, chở về tận nhà, cõng, đến tận nhà, tới tận nhà, leo lên lợp phụ, đi chống hạn, bạn
        học cũ, bạn tôi làm, con tôi làm, nhà gần, hàng xóm tôi, hết nhiệm kỳ, nghỉ hưu
    """,
    "greeting": """
        xin chào, chào xã, alo, hello, chúc ngủ ngon, chúc mừng năm mới, chúc cả nhà, chào buổi sáng, hẹn gặp lại,
        test, thử, bấm nhầm, gửi nhầm, nhầm số, hihi, haha, vâng ạ, dạ vâng, chào bà con, chào cả nhà, mời cơm, ăn cơm
        chưa, chúc sức khỏe, gửi lời chào, chuyển lời chào, cảm ơn nhé, dạ rồi, ok, ừ đúng rồi, tạm biệt nhé, bai, hi
        ad, một hai ba, thử máy
    """,
    "content": """
        đồng ý, thống nhất, nhất trí, nhận đủ, đúng cả, vỗ tay, rõ ràng, rành mạch, phiếu thu, có biên lai đàng hoàng,
        tự nguyện, xin rút đơn, thỏa thuận xong, vui vẻ, làm hòa, tự hào, khỏe re, dễ mến, không có ý kiến gì, ủng hộ,
        hoàn toàn đồng ý, hài lòng, đã nhận, nhận rồi, đã được trả lời, rõ rồi, hiểu rồi, hiểu liền, ký đủ, đủ cả,
        không thiếu đồng nào, lãnh rồi, góp công, hiến đất, tình nguyện, tự góp, tôi thấy đúng, tôi thấy đáng, đáng,
        quyên góp giúp
    """,
    "confused": """
        lẫn, lú, lú lẫn, lẩm cẩm, mất trí, mất trí nhớ, sa sút trí tuệ, quên đường, quên hết đường, quên nhà, quên
        tên, không nhớ đường, không nhớ nhà, không nhớ tên, không nhớ ai, không nhớ gì, không biết đường về, không
        biết lối về, hay quên, đãng trí, tâm thần, thần kinh, thiểu năng, chậm phát triển, ngớ ngẩn, khờ, không minh
        mẫn, không tỉnh táo, câm điếc, đi lang thang, has dementia, is confused
    """,
    "livestock": """
        trâu, bò, chó, mèo, dê, nghé, bê, con trâu, con bò, con chó, con mèo, con heo, con lợn, con dê, con vịt, con
        nghé, con bê, con ngựa, bầy vịt, đàn vịt, đàn dê, đàn bò, trâu bò, trâu nhà, bò nhà, chó nhà, mèo nhà, heo
        con, lợn con, trâu cái, bò cái, sổng chuồng, xổng chuồng, sẩy chuồng, sổng dây, chủ trâu, chủ bò, con gà, chim
        yến, cá koi, lông vàng, lông đen, my dog, my cat, my buffalo, my cow
    """,
    "lost_thing": """
        mất ví, rơi ví, rớt ví, bỏ quên, để quên, quên ở, mất giấy, mất sổ, chìa khóa, chùm chìa, ai lượm, ai nhặt, ai
        bắt được, lượm được, nhặt được, cho xin lại, xin lại, xin chuộc, cho chuộc, hậu tạ, tính tiền công, ai lùa
        giùm, ai nhốt, của ai, lost my wallet, lost wallet
    """,
    "forest": """
        đi rừng, trong rừng, vào rừng, lên rừng, giữa rừng, hái măng, lấy măng, bẻ măng, lấy mật, lấy ong, hái nấm, lá
        thuốc, bẫy thú, đi săn, leo núi, phượt, núi, trong núi, trên núi, hang, lan rừng, sương mù, bắt sóng, không có
        sóng, chút pin, hết pin, sắp hết pin, phần trăm pin, rú, no signal
    """,
    "kept_alive": """
        máy thở, thở máy, máy tạo oxy, bình oxy, thở oxy, hút đờm, chạy thận, lọc máu, lọc thận, insulin, thuốc tim,
        bình xịt, hết thuốc xịt, khí dung, tiểu đường, huyết áp, hạ đường, đường huyết, suyễn, hen, hết thuốc, tim bẩm
        sinh, máu khó đông, truyền máu, xe trạm hỏng, hết adrenalin, hết oxy, xe không nổ máy, xe cứu thương kẹt, trạm
        hết thuốc
    """,
    "foundling": """
        đỏ hỏn, dây rốn, cuống rốn, rốn còn, còn rốn, mới đẻ, oe oe, bỏ rơi, em bé bị bỏ, bỏ em bé, thùng xốp, quấn
        khăn, quấn tã, trẻ sơ sinh, đẻ một mình, bọc trong, bỏ trong, để trước cổng, để trước cửa, em be quấn, cái
        làn, băng ghế, có tờ giấy, còn thở, bỏ em bé trong, bỏ ngoài, vứt đứa bé, sinh thiếu tháng, đứa nhỏ còn
    """,
    "unexploded": """
        đầu đạn, trái bom, quả bom, bom bi, quả đạn, quả mìn, trái mìn, đạn pháo, trái đạn, lựu đạn, rà sắt, dò sắt,
        rà phế liệu, ra sắt vụn, rỉ sét, gỉ sét, cục sắt, ngòi nổ, kíp nổ, kíp mìn, thuốc pháo, pháo tự chế, cánh
        đuôi, vỏ bom, rà phá, bom mìn, đập thử, lấy búa gõ, cưa bom, cắt bằng máy, giật cái chốt, giật chốt, có chốt,
        vỏ đạn, hố bom, bãi bắn, cục đồng, cái hộp sắt, kêu tích tích, vật lạ, cày trúng, cuốc trúng, đào trúng, đào
        thấy, lòi ra, bom tọa, làm pháo
    """,
    "ghosts": """
        ma lai, ma gà, ma rừng, thuốc thư, cầm đồ thuốc độc, thầy cúng, thầy mo, trừ tà, đuổi ma, có ma, bị ma, làm
        phép, yểm bùa, bùa ngải, quỷ ám, tà ma, đuổi khỏi làng, đuổi khỏi bản, ra ma, bỏ ngải, bỏ bùa, nước bùa, thầy
        bùa, mẹ mìn, phạt vạ, làng phạt, cầm đuốc, đuổi khỏi, nuôi ma, hình nộm, nghi bùa, thầy lang, cúng ma
    """,
    "trafficking": """
        qua bển, sang bển, bên kia biên giới, qua biên giới, sang biên giới, việc nhẹ, lương cao, làm dâu, sang trung
        quốc, qua trung quốc, sang tàu, campuchia, qua cam, bên cam, myanmar, qua miến, bên miến, sòng bài, casino,
        công ty game, cửa khẩu, tiểu ngạch, đi chui, cò mồi, bị bán, nhận tiền rồi, đưa sang, đưa qua, dẫn qua, dẫn
        sang, chở qua, tiền chuộc, muốn về phải, mới cho về, quen trên mạng, quen qua mạng
    """,
    "spoke_up": """
        phát biểu, làm chứng, ký đơn, gửi thư, lên tiếng, khai ra, nhân chứng, từ khi tôi, từ khi em, sau khi tôi, sau
        khi em, vì tôi, câm, im đi, spoke at
    """,
    "tilting": """
        nghiêng, xiêu, sụm, chao, lung lay, sắp đổ, sắp sập, muốn đổ, muốn sập, oằn, vẹo, răng rắc, kêu rắc, rạn, rạn
        nứt, nghiêng hẳn, long chân, bung ốc, đứt một bên, dời bu lông, lắc mạnh, rung rung, rung lắc, kêu cót két,
        cót két, võng, nứt chân, tháo ốc, tháo chốt, bị tháo, đứt thắng, đứt phanh, mất phanh, trôi tự do
    """,
    "supposing": """
        giả sử, nếu lỡ, lỡ có, lỡ mà, nhỡ, nhỡ có, phòng khi, phòng hờ, đề phòng, biết trước, để biết, hỏi cho biết,
        hỏi trước, cho cẩn thận, khi cần, trường hợp, kẻo có ngày, kẻo, mỗi khi, khi mưa, mùa mưa, sau này, in case
    """,
    "over": """
        tìm được rồi, tìm thấy rồi, đã tìm thấy, về nhà rồi, về tới nhà, an toàn, dập xong, dập tắt, đã dập, hết sốt,
        khỏi sốt, khỏi rồi, khỏi bệnh, khỏe rồi, không ai sao, không sao, không việc gì, ra viện, xuất viện, mổ xong,
        rút rồi, nước rút, làm lành, làm hòa, khỏi lo, hú hồn, hồi tết, hồi trước, ngày xưa, từ xưa, thời xưa, năm
        xưa, năm kia, năm ngoái, đợt trước, mấy năm nay, đi lại được
    """,
    "told": """
        kịch bản, tiểu phẩm, phim, vở kịch, tuồng, diễn, bài thi, bài dự thi, đề tài, luận văn, khóa luận, vẽ tranh,
        tờ rơi, tuyên truyền, tập huấn, lớp kỹ năng, lớp dạy, khóa học, câu lạc bộ, số liệu, tài liệu, tư liệu, hội
        thi, cuộc thi, bảo tàng, bia tưởng niệm, chiến tranh, thời chiến, liệt sĩ, lễ hội, hội chợ, đêm nhạc, đăng ký,
        lớp học, phòng chống, phòng ngừa, diễn tập, fire drill, swimming class, fire safety
    """,
    "in_english": """
        follows me, following me, follow me, outside my, waits outside, with a knife, a knife, a machete, a gun, my
        room, touches me, nude photos, my photos, our passports, my passport, locked us, locked me, is missing, been
        missing, gone since, did not come, come up, wake up, want to die, pills next, is biting, smoke coming, are
        inside, is inside, at night, hits me, beats me, kill me, cut my, help us, help me, please help, cannot
        breathe, fell down, fell into, is drowning, is bleeding, petrol bombs, rat poison
    """,
    "in_their_care": """
        lớp tôi, lớp em chủ nhiệm, chủ nhiệm, học trò tôi, học sinh tôi, em học sinh, tâm sự, kể, cháu kể, em kể, con
        kể, viết nhật ký, xin bảo vệ, bảo vệ cháu, che chở, can thiệp, xin can thiệp, y tá, y tế bản, y tế thôn, cô
        đỡ, nhờ báo, báo giùm, đi ngang thấy, nhìn qua cửa sổ, trực trạm
    """,
}
